import Inference

public typealias Numerics = Inference.Numerics

/// How an answer is drawn.
///
/// With `temperature` 0 the most probable token is taken (ties: the lowest id) and the filters and
/// the seed play no part. Otherwise logits are divided by the repetition penalty and the
/// temperature, then filtered by `topK`, `topP`, `minP` in this order, and one token is drawn by
/// counter: (seed, position) alone decide, whatever else runs.
public struct GenerationSettings: Sendable, Equatable {
    public var temperature: Double
    /// Keeps the `topK` most probable tokens; 0 keeps all.
    public var topK: Int
    /// Keeps the smallest set of most probable tokens whose mass reaches `topP`; 1 keeps all.
    public var topP: Double
    /// Drops tokens less probable than `minP` times the most probable one; 0 keeps all.
    public var minP: Double
    /// Divides positive logits (multiplies negative ones) of tokens already in the context; 1 is off.
    public var repetitionPenalty: Double
    public var seed: UInt64
    /// The longest answer, in tokens.
    public var maxTokens: Int
    /// Texts that end the answer; they are not part of it.
    public var stop: [String]
    /// The longest context in tokens (prompt and answer); nil is the model's own.
    public var contextLength: Int?
    /// How the model is computed.
    public var numerics: Numerics

    public init(
        temperature: Double = 0, topK: Int = 0, topP: Double = 1, minP: Double = 0,
        repetitionPenalty: Double = 1, seed: UInt64 = 0, maxTokens: Int = 256,
        stop: [String] = [], contextLength: Int? = nil, numerics: Numerics = .exact
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.repetitionPenalty = repetitionPenalty
        self.seed = seed
        self.maxTokens = maxTokens
        self.stop = stop
        self.contextLength = contextLength
        self.numerics = numerics
    }
}
