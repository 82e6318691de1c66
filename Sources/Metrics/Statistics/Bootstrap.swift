/// The bias-corrected and accelerated (BCa) bootstrap of a mean.
///
/// B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987); the same conventions as
/// `scipy.stats.bootstrap` (ties count half in the bias, quantiles are interpolated). Draws are by
/// counter: the same data give the same bits on every run.
package enum Bootstrap {
    /// The interval of the mean; nil for fewer than two units, and for units that all have the same
    /// mean: they tell nothing of the spread.
    /// - Complexity: O(resamples · log resamples).
    package static func interval(
        _ sample: Sample, _ resamples: Resamples, confidence: Double = 0.95
    ) -> ClosedRange<Double>? {
        guard sample.unitCount > 1, let mean = sample.mean else { return nil }
        guard let acceleration = acceleration(jackknifeMeans(sample)) else { return nil }
        return interval(
            resamples.means.sorted(), estimate: mean, acceleration: acceleration,
            confidence: confidence)
    }

    /// The end points that resampled statistics, in ascending order, give.
    package static func interval(
        _ resampled: [Double], estimate: Double, acceleration: Double, confidence: Double
    ) -> ClosedRange<Double> {
        let bias = bias(resampled, estimate: estimate)
        let tail = NormalDistribution.quantile((1 - confidence) / 2)
        let ends = [tail, -tail].map { z in
            let moved = bias + z
            return quantile(
                resampled,
                NormalDistribution.cumulative(bias + moved / (1 - acceleration * moved)))
        }
        return min(ends[0], ends[1])...max(ends[0], ends[1])
    }

    /// z₀: how far the median of the resampled statistics is from the estimate, in standard normal
    /// units. Where all of them are on one side, half a resample is taken to be on the other.
    package static func bias(_ resampled: [Double], estimate: Double) -> Double {
        // Means of the same items in another order differ by rounding.
        let rounding =
            1e-14
            * max(
                estimate.magnitude, resampled.first?.magnitude ?? 0, resampled.last?.magnitude ?? 0
            )
        var (below, equal) = (0, 0)
        for value in resampled {
            if value < estimate - rounding {
                below += 1
            } else if value <= estimate + rounding {
                equal += 1
            }
        }
        let count = Double(resampled.count)
        let share = (Double(below) + Double(equal) / 2) / count
        return NormalDistribution.quantile(min(max(share, 0.5 / count), 1 - 0.5 / count))
    }

    /// The acceleration by the jackknife: Σd³ / (6 (Σd²)^1.5), d the distance of the mean of all
    /// leave-one-out statistics from each; nil where they are all the same.
    package static func acceleration(_ jackknife: [Double]) -> Double? {
        let mean = jackknife.reduce(0, +) / Double(jackknife.count)
        var (squares, cubes) = (0.0, 0.0)
        for value in jackknife {
            let distance = mean - value
            squares += distance * distance
            cubes += distance * distance * distance
        }
        let scale = jackknife.reduce(0) { max($0, $1.magnitude) }
        guard squares.squareRoot() > 1e-14 * scale else { return nil }
        return cubes / (6 * squares * squares.squareRoot())
    }

    /// The means without one unit.
    package static func jackknifeMeans(_ sample: Sample) -> [Double] {
        let total = sample.unitSums.reduce(0, +)
        return zip(sample.unitSums, sample.unitCounts).map { sum, count in
            (total - sum) / Double(sample.values.count - count)
        }
    }

    /// - Parameter sorted: in ascending order, not empty.
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let lower = min(max(Int(position), 0), sorted.count - 1)
        let upper = min(lower + 1, sorted.count - 1)
        let (low, high) = (sorted[lower], sorted[upper])
        return low + (high - low) * (position - Double(lower))
    }
}
