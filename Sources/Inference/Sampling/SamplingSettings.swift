/// How the next token is drawn from logits.
public struct SamplingSettings: Sendable, Equatable {
    /// 0 takes the most probable token, and nothing below but the repetition penalty plays a part.
    public var temperature: Double
    /// Keeps the most probable tokens; 0 keeps all.
    public var topK: Int
    /// Keeps the smallest set of most probable tokens whose mass reaches this; 1 keeps all.
    public var topP: Double
    /// Drops tokens less probable than this times the most probable one; 0 keeps all.
    public var minP: Double
    /// Divides positive logits, and multiplies negative ones, of tokens in the context; 1 is off.
    public var repetitionPenalty: Double
    public var seed: UInt64

    public init(
        temperature: Double = 0, topK: Int = 0, topP: Double = 1, minP: Double = 0,
        repetitionPenalty: Double = 1, seed: UInt64 = 0
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.repetitionPenalty = repetitionPenalty
        self.seed = seed
    }
}
