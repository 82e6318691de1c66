/// How much memory weights, adapters, and keys and values may take.
public struct MemoryBudget: Sendable, Equatable {
    public var byteCount: Int
    /// Whether it follows from the memory that was free at the start.
    public var isAutomatic: Bool

    /// The share of free memory that is taken without being told; the rest is left to activations
    /// and to other programs.
    public static let automaticPercentage = 70

    static func automatic(free: Int) -> MemoryBudget {
        MemoryBudget(byteCount: free / 100 * automaticPercentage, isAutomatic: true)
    }
}
