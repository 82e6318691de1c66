/// How one result of a replay stands beside the recorded one.
public struct Finding: Sendable, Equatable {
    /// What a result is the same by, from the strictest on.
    public enum Tier: String, Sendable, CaseIterable {
        /// Every byte of the record, log-probabilities included.
        case bytes = "same bytes"
        /// Text and tokens; of what has no tokens, text.
        case tokens = "same tokens"
        /// Tokens differ from a place on where two were as good as equally probable.
        case nearTie = "near-tie"
        /// Numbers, but for rounding.
        case tolerance = "within tolerance"
        /// A judge's score, no further off than its own repetitions.
        case noise = "within noise"
    }

    public enum Outcome: Sendable, Equatable {
        /// The model, adapter, tokenizer, template or setting that results depend on is another one.
        case changed
        case same(Tier)
        case differs
        /// An expectation does not hold, whatever was recorded.
        case fails
        /// It was recorded and did not come again.
        case missing
        /// It came and is not in the recording.
        case unrecorded
    }

    public let outcome: Outcome
    /// The type of the record.
    public let type: String
    /// Such as `turn 2, tuned`.
    public let subject: String
    /// The values, for people; texts of models among them.
    public let detail: String

    public init(_ outcome: Outcome, _ type: String, _ subject: String, _ detail: String = "") {
        self.outcome = outcome
        self.type = type
        self.subject = subject
        self.detail = detail
    }

    /// Whether it makes the replay fail. What changed is named; that results differ is what counts.
    public var isBad: Bool {
        switch outcome {
        case .changed, .same: false
        case .differs, .fails, .missing, .unrecorded: true
        }
    }

    /// The tier, or what is wrong, in a word or two.
    public var word: String {
        switch outcome {
        case .changed: "changed"
        case .same(let tier): tier.rawValue
        case .differs: "DIFFERS"
        case .fails: "FAILS"
        case .missing: "MISSING"
        case .unrecorded: "NOT RECORDED"
        }
    }
}
