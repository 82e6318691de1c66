import Basics

/// The means, and the t values about the sample's own mean, of samples of as many units drawn with
/// replacement.
///
/// Draws are by counter: the same data give the same bits on every run.
package struct Resamples {
    package static let count = 10_000
    static let seed: UInt64 = 0x7461_6E64_656D

    /// [count].
    let means: [Double]
    /// (m* − m) / s*, with the spread of each resample; [count].
    let studentized: [Double]

    /// - Complexity: O(`count` · units).
    package init(_ sample: Sample) {
        let mean = sample.mean ?? 0
        var (means, studentized): ([Double], [Double]) = ([], [])
        means.reserveCapacity(Self.count)
        studentized.reserveCapacity(Self.count)
        for number in 0..<Self.count {
            let draw = Self.draw(sample, number)
            let own = draw.sum / draw.size
            means.append(own)
            studentized.append(
                Self.t(sum: (own - mean) * draw.size, squares: draw.squares(about: own)))
        }
        self.means = means
        self.studentized = studentized
    }

    /// Sums over units of value s and size c.
    struct Moments {
        var (sum, size) = (0.0, 0.0)
        var (sumSquares, products, sizeSquares) = (0.0, 0.0, 0.0)

        mutating func add(_ value: Double, _ size: Double) {
            sum += value
            self.size += size
            sumSquares += value * value
            products += value * size
            sizeSquares += size * size
        }

        /// Σ(s − c·mean)², 0 where only rounding is left of it.
        func squares(about mean: Double) -> Double {
            let squares = sumSquares - 2 * mean * products + mean * mean * sizeSquares
            return squares > 1e-12 * sumSquares ? squares : 0
        }
    }

    /// Without a spread it is infinite, or 0 where the sum is 0 too.
    static func t(sum: Double, squares: Double) -> Double {
        if squares > 0 { return sum / squares.squareRoot() }
        return sum == 0 ? 0 : sum * .infinity
    }

    private static func draw(_ sample: Sample, _ number: Int) -> Moments {
        var moments = Moments()
        forEachUnit(of: sample.unitCount, number) { unit in
            moments.add(sample.unitSums[unit], Double(sample.unitCounts[unit]))
        }
        return moments
    }

    /// The units of one resample, as many as there are.
    @inline(__always)
    static func forEachUnit(of count: Int, _ number: Int, _ body: (Int) -> Void) {
        let random = CounterRandom(seed: seed, stream: 1)
        let blocks = (count + 3) / 4
        func take(_ word: UInt32) {
            // Fewer than 2³² units: the share of each is exact to 2⁻³².
            body(Int((UInt64(word) * UInt64(count)) >> 32))
        }
        for block in 0..<blocks {
            let words = random.block(at: UInt64(number * blocks + block))
            let rest = count - 4 * block
            take(words.x)
            if rest > 1 { take(words.y) }
            if rest > 2 { take(words.z) }
            if rest > 3 { take(words.w) }
        }
    }
}
