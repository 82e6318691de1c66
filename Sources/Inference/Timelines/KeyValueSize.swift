import ModelFiles

/// How much memory the keys and values of a conversation take.
public struct KeyValueSize: Sendable {
    private let shape: KeyValueChunk.Shape

    public init(_ configuration: LlamaConfiguration, _ numerics: Numerics) {
        shape = KeyValueChunk.Shape(configuration, numerics.cache)
    }

    /// Bytes of the keys and values of `positions` tokens that nobody else shares.
    public func byteCount(positions: Int) -> Int {
        let (whole, rest) = positions.quotientAndRemainder(dividingBy: KeyValueChunk.positions)
        return whole * shape.byteCount(positions: KeyValueChunk.positions)
            + shape.byteCount(positions: rest)
    }

    /// The most tokens, up to `limit`, whose keys and values fit into `byteCount`.
    /// - Complexity: O(log limit).
    public func positions(within byteCount: Int, limit: Int) -> Int {
        var (fitting, tooMany) = (0, limit + 1)
        while tooMany - fitting > 1 {
            let middle = (fitting + tooMany) / 2
            if self.byteCount(positions: middle) <= byteCount {
                fitting = middle
            } else {
                tooMany = middle
            }
        }
        return fitting
    }
}
