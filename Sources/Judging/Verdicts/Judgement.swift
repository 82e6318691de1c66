/// What a judge gave one answer.
public struct Judgement: Sendable, Equatable {
    public struct Points: Sendable, Equatable {
        public let criterion: String
        public let points: Int
    }

    public enum Outcome: Sendable, Equatable {
        /// On the scale from 1 to 10.
        case score(Double)
        /// Why there is none: it is counted, and never averaged.
        case unscored(String)
    }

    public var outcome: Outcome
    /// Empty where only a number was asked for.
    public var criteria: [Points] = []
    /// The judge's sentence; written by a model.
    public var reason = ""
    /// The share of the probability that is on scores, where it was read from probabilities.
    public var mass: Double?
    /// How the reply was asked for; nil where no judge was asked.
    public var format: ReplyFormat?
    public var isCached = false

    public init(_ outcome: Outcome) { self.outcome = outcome }

    public var score: Double? { if case .score(let score) = outcome { score } else { nil } }
}
