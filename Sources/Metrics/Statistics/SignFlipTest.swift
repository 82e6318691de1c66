import Basics

/// The paired permutation test: were the two variants exchangeable, each unit's difference would have
/// either sign with the same probability.
public enum SignFlipTest {
    /// Up to so many units all 2ⁿ signs are counted.
    public static let enumerationLimit = 20
    public static let drawCount = 10_000

    /// The two-sided p value: the share of sign patterns whose mean is at least as far from 0.
    ///
    /// Above `enumerationLimit` units signs are drawn: p = (1 + hits) / (`drawCount` + 1). Nil for no
    /// values.
    /// - Complexity: O(2^(n/2) · n), or O(`drawCount` · units).
    public static func p(_ sample: Sample) -> Double? {
        let sums = sample.unitSums
        if sums.isEmpty { return nil }
        let scale = sums.reduce(0) { $0 + $1.magnitude }
        // Sums in another order differ by rounding: equal ones must count as such.
        let limit = sums.reduce(0, +).magnitude - 1e-12 * scale
        return sums.count <= enumerationLimit
            ? enumerated(sums, limit) : drawn(sums, limit)
    }

    private static func enumerated(_ sums: [Double], _ limit: Double) -> Double {
        let half = sums.count / 2
        let first = allSigns(sums[..<half]).sorted()
        let second = allSigns(sums[half...]).sorted()
        var hits = 0
        // As a sum of the first half grows, fewer of the second are needed to stay beyond a limit.
        var (below, atMost) = (second.count, second.count)
        for value in first {
            while below > 0, value + second[below - 1] >= limit { below -= 1 }
            while atMost > 0, value + second[atMost - 1] > -limit { atMost -= 1 }
            hits += limit <= 0 ? second.count : second.count - below + atMost
        }
        return Double(hits) / Double(first.count * second.count)
    }

    private static func allSigns(_ values: ArraySlice<Double>) -> [Double] {
        var sums = [0.0]
        for value in values { sums = sums.map { $0 + value } + sums.map { $0 - value } }
        return sums
    }

    private static func drawn(_ sums: [Double], _ limit: Double) -> Double {
        let hits = (0..<drawCount).count { number in
            var total = 0.0
            forEachSign(of: sums.count, number) { index, isFlipped in
                total += isFlipped ? -sums[index] : sums[index]
            }
            return total.magnitude >= limit
        }
        return Double(1 + hits) / Double(drawCount + 1)
    }

    /// Whether each of `count` units has its sign flipped in one draw.
    @inline(__always)
    static func forEachSign(of count: Int, _ number: Int, _ body: (Int, Bool) -> Void) {
        let random = CounterRandom(seed: Resamples.seed, stream: 2)
        let blocks = (count + 127) / 128
        for block in 0..<blocks {
            let words = random.block(at: UInt64(number * blocks + block))
            for lane in 0..<4 {
                let start = 128 * block + 32 * lane
                var bits = words[lane]
                for index in start..<max(start, min(start + 32, count)) {
                    body(index, bits & 1 == 1)
                    bits >>= 1
                }
            }
        }
    }
}
