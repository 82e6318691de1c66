/// Weights that left memory, and those that came in for them.
public struct Swap: Sendable, Equatable {
    /// Variants whose weights went out.
    public var out: [String] = []
    public var outByteCount = 0
    /// Variants whose weights came in; empty when room was made only.
    public var `in`: [String] = []
    public var inByteCount = 0
    /// Letting go and loading together.
    public var seconds = 0.0
}
