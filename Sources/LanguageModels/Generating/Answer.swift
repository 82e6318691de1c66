import Inference

/// Why an answer ended.
public enum FinishReason: String, Sendable, CaseIterable {
    /// The model ended its turn, or a stop text appeared.
    case stop
    /// `maxTokens` were generated.
    case length
    /// The context is full.
    case context
    /// The user stopped it; the text is partial.
    case interrupted
    /// It failed; `Answer.failure` says why.
    case error
}

/// What a variant answered to one request.
public struct Answer: Sendable, Equatable {
    public var variant: String
    public var text: String
    /// The generated tokens, the one that ended the turn included; none of a remote variant.
    public var tokenIDs: [Int32]
    /// How many there are; nil where a server does not say it: `promptTokenCount` is then no count.
    public var tokenCount: Int?
    public var promptTokenCount: Int
    /// How many of the prompt's tokens were already computed.
    public var reusedTokenCount: Int
    public var finish: FinishReason
    /// Why it failed, with `finish` `error`; or a note such as the context's limit.
    public var detail: String?
    /// The status that a server refused with.
    public var serverStatus: Int?
    public var firstTokenMilliseconds: Double
    public var tokensPerSecond: Double
    public var seed: UInt64
    /// Nil of a remote variant.
    public var numerics: Numerics?

    public init(
        variant: String, text: String, tokenIDs: [Int32], promptTokenCount: Int,
        reusedTokenCount: Int = 0, finish: FinishReason, detail: String? = nil,
        firstTokenMilliseconds: Double, tokensPerSecond: Double, seed: UInt64,
        numerics: Numerics? = .exact
    ) {
        self.variant = variant
        self.text = text
        self.tokenIDs = tokenIDs
        tokenCount = tokenIDs.count
        self.promptTokenCount = promptTokenCount
        self.reusedTokenCount = reusedTokenCount
        self.finish = finish
        self.detail = detail
        self.firstTokenMilliseconds = firstTokenMilliseconds
        self.tokensPerSecond = tokensPerSecond
        self.seed = seed
        self.numerics = numerics
    }
}
