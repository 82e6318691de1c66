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
    public func block(at position: UInt64) -> SIMD4<UInt32> {
        var counter = SIMD4(
            UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
            UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
        var key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        for _ in 0..<10 {
            let first = UInt64(counter[0]) * 0xD251_1F53
            let second = UInt64(counter[2]) * 0xCD9E_8D57
            counter = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0],
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1],
                UInt32(truncatingIfNeeded: first))
            key[0] &+= 0x9E37_79B9
            key[1] &+= 0xBB67_AE85
        }
        return counter
    }

    /// A number in [0, 1) with 53 random bits.
    public func unit(at position: UInt64) -> Double {
        let block = block(at: position)
        let bits = UInt64(block[0]) << 32 | UInt64(block[1])
        return Double(bits >> 11) * 0x1p-53
    }
}
