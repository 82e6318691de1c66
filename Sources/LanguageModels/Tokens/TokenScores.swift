/// What a variant says to a ``TokenScoreRequest``.
public struct TokenScores: Sendable, Equatable {
    /// The prompt as the variant was given it.
    public let promptTokenIDs: [Int32]
    /// The text of the tokens between the prompt and the continuations.
    public let openingText: String
    /// One for each token of each continuation.
    public let continuations: [[TokenScore]]
}
