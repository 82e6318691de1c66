import Inference

/// Texts that could follow a prompt, of which a variant's log-probabilities are asked.
public struct ContinuationRequest: Sendable, Equatable {
    /// The variant's name in the pool.
    public var variant: String
    public var prompt: Prompt
    /// Different texts, each with something in it. In a chat they begin the answer; behind a
    /// completion they follow a space, as in TruthfulQA's multiple choice.
    public var continuations: [String]
    public var numerics: Numerics

    public init(
        variant: String, prompt: Prompt, continuations: [String], numerics: Numerics = .exact
    ) {
        self.variant = variant
        self.prompt = prompt
        self.continuations = continuations
        self.numerics = numerics
    }
}

/// How probable a text is behind a prompt.
public struct ContinuationProbability: Sendable, Equatable {
    /// The sum over its tokens, in nats.
    public let logProbability: Double
    public let tokenCount: Int

    public init(logProbability: Double, tokenCount: Int) {
        self.logProbability = logProbability
        self.tokenCount = tokenCount
    }

    /// The mean over its tokens, in nats.
    public var perToken: Double { logProbability / Double(tokenCount) }
}
