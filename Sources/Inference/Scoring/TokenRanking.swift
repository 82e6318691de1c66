/// Where a token stands among all that could have come in its place.
public struct TokenRanking: Sendable, Hashable {
    /// A token that could have come.
    public struct Candidate: Sendable, Hashable {
        public let id: Int32
        /// ln p, in nats.
        public let logProbability: Double
    }

    /// 1 of the most probable token; of equal logits, the lower id comes first.
    public let rank: Int
    /// The most probable tokens, in order.
    public let best: [Candidate]
}
