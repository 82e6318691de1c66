extension Command {
    /// Who judges what, and how.
    public struct Judging: Sendable, Equatable {
        public var turns: TurnChoice
        /// The name of a rubric, or a file; nil: `general`.
        public var rubric: String?
        /// The judge; nil: the last one, or the only variant outside the lineup.
        public var judge: String?
        /// How often each answer is judged.
        public var repetitions: Int
        /// Whether the score is read from the judge's probabilities.
        public var isWeighted: Bool

        public init(
            turns: TurnChoice = .last, rubric: String? = nil, judge: String? = nil,
            repetitions: Int = 1, isWeighted: Bool = false
        ) {
            self.turns = turns
            self.rubric = rubric
            self.judge = judge
            self.repetitions = repetitions
            self.isWeighted = isWeighted
        }

        /// The words that read back as this.
        var words: [String] {
            turns.words + (rubric.map { [$0] } ?? []) + (judge.map { ["--by", $0] } ?? [])
                + (repetitions > 1 ? ["--repeat", String(repetitions)] : [])
                + (isWeighted ? ["--weighted"] : [])
        }
    }

    /// What a person says of a turn's answers.
    public enum Rating: Sendable, Equatable {
        /// Asks a person, who sees no names. By points from 1 to 10, or which of two is better; of
        /// `sample` rows of a run, drawn by the seed.
        case ask(TurnChoice, byPoints: Bool, sample: Int? = nil)
        /// The better variant, `tie` or `bad`.
        case preference(Subject, String)
        case points(Subject, [Assignment])

        /// What is rated: a turn, or a row of the last run by its id or its number.
        public enum Subject: Sendable, Equatable {
            case turn(Int)
            case item(String)

            /// The words that read back as this.
            public var words: [String] {
                switch self {
                case .turn(let number): [String(number)]
                case .item(let name): ["run", name]
                }
            }
        }

        /// The words that read back as this.
        var words: [String] {
            switch self {
            case .ask(let turns, let byPoints, let sample):
                turns.words + (byPoints ? ["--points"] : [])
                    + (sample.map { ["--sample", String($0)] } ?? [])
            case .preference(let subject, let name): subject.words + [name]
            case .points(let subject, let points):
                subject.words + points.map { $0.key + "=" + $0.value }
            }
        }
    }

    /// What is done with rubrics.
    public enum Rubric: Sendable, Equatable {
        case list
        case show(String)
        case new(String)
        case edit(String)
        /// Shows what a judge is asked, and tries it on one where there is one.
        case test(String, judge: String?)

        /// The words that read back as this.
        var words: [String] {
            switch self {
            case .list: []
            case .show(let name): [name]
            case .new(let name): ["new", name]
            case .edit(let name): ["edit", name]
            case .test(let name, let judge): ["test", name] + (judge.map { ["--by", $0] } ?? [])
            }
        }
    }
}
