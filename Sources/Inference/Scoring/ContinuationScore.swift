/// How probable a continuation is, token by token.
public struct ContinuationScore: Sendable, Hashable {
    /// ln p(token | prefix and the tokens before it), in nats, one for each token.
    public let logProbabilities: [Double]
    /// Whether each token is the most probable one; of equal logits, the lowest id is.
    public let isGreedy: [Bool]

    public init(logProbabilities: [Double], isGreedy: [Bool]) {
        self.logProbabilities = logProbabilities
        self.isGreedy = isGreedy
    }

    /// ln p(continuation | prefix), in nats; the tokens' are added in order.
    public var logProbability: Double { logProbabilities.reduce(0, +) }
}
