import Inference

/// Tokens of an answer, of which a variant is asked how probable they are.
public struct TokenScoreRequest: Sendable, Equatable {
    /// The variant that is asked.
    public var variant: String
    /// The variant whose tokens these are; the other one must have the same vocabulary.
    public var author: String
    /// Rendered with the chat template of the variant that is asked, as for an answer of its own.
    public var prompt: Prompt
    /// Tokens between the prompt and every continuation.
    public var opening: [Int32]
    /// At least one token each.
    public var continuations: [[Int32]]
    public var numerics: Numerics
    /// How many of the most probable tokens are wanted in every place.
    public var bestCount: Int

    public init(
        variant: String, author: String, prompt: Prompt, opening: [Int32] = [],
        continuations: [[Int32]], numerics: Numerics = .exact, bestCount: Int = 0
    ) {
        self.variant = variant
        self.author = author
        self.prompt = prompt
        self.opening = opening
        self.continuations = continuations
        self.numerics = numerics
        self.bestCount = bestCount
    }
}
