/// A token in its place: how probable it is there, before any penalty, temperature or filter.
public struct TokenScore: Sendable, Hashable {
    public struct Candidate: Sendable, Hashable {
        public let token: Token
        /// ln p, in nats.
        public let logProbability: Double
    }

    public let token: Token
    /// The text that it completes: none where a part of a character is still to come.
    public let text: String
    /// ln p(token | what comes before it), in nats.
    public let logProbability: Double
    /// 1 of the most probable token; of equal probabilities, the lower id comes first.
    public let rank: Int
    /// The most probable tokens in this place, in order.
    public let best: [Candidate]
}
