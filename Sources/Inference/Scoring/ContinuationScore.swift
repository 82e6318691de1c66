/// How probable a continuation is, token by token.
public struct ContinuationScore: Sendable, Hashable {
    /// ln p(token | prefix and the tokens before it), in nats, one for each token.
    public private(set) var logProbabilities: [Double] = []
    /// Whether each token is the most probable one; of equal logits, the lowest id is.
    public private(set) var isGreedy: [Bool] = []
    /// One for each token where they were asked for, else none.
    public private(set) var rankings: [TokenRanking] = []

    /// One token's part.
    struct Token {
        let logProbability: Double
        let isGreedy: Bool
        let ranking: TokenRanking?
    }

    /// - Parameter count: of the tokens that will be appended.
    init(reserving count: Int) { logProbabilities.reserveCapacity(count) }

    mutating func append(_ token: Token) {
        logProbabilities.append(token.logProbability)
        isGreedy.append(token.isGreedy)
        if let ranking = token.ranking { rankings.append(ranking) }
    }

    /// ln p(continuation | prefix), in nats; the tokens' are added in order.
    public var logProbability: Double { logProbabilities.reduce(0, +) }
}
