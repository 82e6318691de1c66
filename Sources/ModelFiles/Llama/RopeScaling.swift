/// How the frequencies of the rotary position embedding are changed for longer contexts.
public enum RopeScaling: Sendable, Equatable {
    case none
    /// Every frequency is divided by `factor` (position interpolation).
    case linear(factor: Float)
    /// Llama 3.1: low frequencies are divided by `factor`, high ones kept, those between blended.
    case llama3(
        factor: Float, lowFrequencyFactor: Float, highFrequencyFactor: Float,
        originalContextLength: Int)
    /// Frequency i is divided by `factors[i]` (`rope_freqs.weight` in GGUF); half the head's
    /// dimension of them.
    case factors([Float])
}
