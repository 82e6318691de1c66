/// Random numbers by counter: the value depends on (seed, stream, position) alone, so a draw is the
/// same whatever else runs, in any order.
///
/// Philox 4×32 with 10 rounds; J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011.
public struct CounterRandom: Sendable {
    public let seed: UInt64
    public let stream: UInt64

    public init(seed: UInt64, stream: UInt64) {
        self.seed = seed
        self.stream = stream
    }

    /// Four 32-bit values that belong to `position`.
    @inlinable
    public func block(at position: UInt64) -> SIMD4<UInt32> {
        // Scalars: a vector's lanes would go through memory in every round.
        var (a, b) = (
            UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32)
        )
        var (c, d) = (
            UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
        )
        var (firstKey, secondKey) = (
            UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)
        )
        for _ in 0..<10 {
            let first = UInt64(a) &* 0xD251_1F53
            let second = UInt64(c) &* 0xCD9E_8D57
            a = UInt32(truncatingIfNeeded: second >> 32) ^ b ^ firstKey
            b = UInt32(truncatingIfNeeded: second)
            c = UInt32(truncatingIfNeeded: first >> 32) ^ d ^ secondKey
            d = UInt32(truncatingIfNeeded: first)
            firstKey &+= 0x9E37_79B9
            secondKey &+= 0xBB67_AE85
        }
        return SIMD4(a, b, c, d)
    }

    /// A number in [0, 1) with 53 random bits.
    public func unit(at position: UInt64) -> Double {
        let block = block(at: position)
        let bits = UInt64(block[0]) << 32 | UInt64(block[1])
        return Double(bits >> 11) * 0x1p-53
    }
}
