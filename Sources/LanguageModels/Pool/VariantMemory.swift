/// Where a variant's weights are.
public struct VariantMemory: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// In memory, until room is needed.
        case loaded
        /// Not in memory; they come in when the variant is asked.
        case out
        /// In memory, and kept there.
        case pinned
        /// On a server.
        case remote
    }

    public var state: State
    /// Bytes in memory that no variant before this one counts: weights, adapter, and kept keys and
    /// values. The sum over all variants is what the pool holds.
    public var ownByteCount: Int
    /// Bytes of weights that variants before this one count.
    public var sharedByteCount: Int
    /// Those variants.
    public var sharedWith: [String]
    /// Since its last answer; nil where it has not answered.
    public var secondsSinceUse: Double?
}
