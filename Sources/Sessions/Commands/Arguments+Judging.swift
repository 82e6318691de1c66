import Basics

/// Reading what follows `/judge`, `/versus` and `/rubric`.
extension Arguments {
    private static let mostRepetitions = 100

    /// - Parameter isPairwise: pairs are judged in two orders, and neither repeated nor weighted.
    func judging(isPairwise: Bool) throws(TandemError) -> Command.Judging {
        var words = try words()
        var judging = Command.Judging()
        judging.judge = try take("--by", from: &words)
        if !isPairwise {
            if let word = try take("--repeat", from: &words) {
                guard let count = Int(word), (1...Self.mostRepetitions).contains(count) else {
                    throw wrong(
                        "--repeat takes a number from 1 to \(Self.mostRepetitions)", at: word)
                }
                judging.repetitions = count
            }
            judging.isWeighted = takeFlag("--weighted", from: &words)
            if judging.isWeighted, judging.repetitions > 1 {
                throw wrong("probabilities are the same each time: --weighted needs no --repeat")
            }
        }
        judging.turns = TurnChoice(from: &words)
        if !words.isEmpty { judging.rubric = try only(words) }
        return judging
    }

    func rating() throws(TandemError) -> Command.Rating {
        var words = try words()
        let byPoints = takeFlag("--points", from: &words)
        let sample = try take("--sample", from: &words)
        let turns = TurnChoice(from: &words)
        if words.isEmpty {
            return .ask(turns, byPoints: byPoints, sample: try sampleCount(sample, of: turns))
        }
        let subject: Command.Rating.Subject
        switch turns {
        case .number(let turn): subject = .turn(turn)
        case .run: subject = .item(words.removeFirst())
        case .last, .all: throw wrong("a verdict needs the number of its turn before it")
        }
        if byPoints || sample != nil { throw wrong("options are for ratings that are asked for") }
        guard let first = words.first else { throw wrong("the verdict is missing") }
        if !first.contains("=") { return .preference(subject, try only(words)) }
        var points: [Command.Assignment] = []
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Int(parts[1]), (1...10).contains(value) else {
                throw wrong("\(word) is not NAME=POINTS with 1 to 10 points", at: word)
            }
            points.append(.init(key: String(parts[0]), value: String(value)))
        }
        return .points(subject, points)
    }

    private func sampleCount(_ word: String?, of turns: TurnChoice) throws(TandemError) -> Int? {
        guard let word else { return nil }
        guard turns == .run else { throw wrong("--sample goes with run") }
        guard let count = Int(word), count > 0 else {
            throw wrong("\(word) is not a number of rows")
        }
        return count
    }

    func rubric() throws(TandemError) -> Command.Rubric {
        var words = try words()
        let judge = try take("--by", from: &words)
        guard let verb = words.first else { return .list }
        let rest = Array(words.dropFirst())
        if judge != nil, verb != "test" { throw wrong("--by is for test", at: "--by") }
        switch verb {
        case "new": return .new(try only(rest))
        case "edit": return .edit(try only(rest))
        case "test": return .test(try only(rest), judge: judge)
        default: return .show(try only(words))
        }
    }
}
