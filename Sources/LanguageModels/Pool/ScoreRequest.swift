import Inference

public typealias ContinuationScore = Inference.ContinuationScore

/// Continuations of one prefix that a variant is to score.
public struct ScoreRequest: Sendable, Equatable {
    /// The variant's name in the pool.
    public var variant: String
    /// Ids that come before every continuation: at least one, such as `<s>`.
    public var prefix: [Int32]
    /// Ids of at least one token each.
    public var continuations: [[Int32]]
    public var numerics: Numerics
    /// How many of the most probable tokens are wanted in every place, with the rank of the token that
    /// stands there; nil: neither.
    public var bestCount: Int?

    public init(
        variant: String, prefix: [Int32], continuations: [[Int32]], numerics: Numerics = .exact,
        bestCount: Int? = nil
    ) {
        self.variant = variant
        self.prefix = prefix
        self.continuations = continuations
        self.numerics = numerics
        self.bestCount = bestCount
    }
}
