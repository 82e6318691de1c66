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

    public init(
        variant: String, prefix: [Int32], continuations: [[Int32]], numerics: Numerics = .exact
    ) {
        self.variant = variant
        self.prefix = prefix
        self.continuations = continuations
        self.numerics = numerics
    }
}
