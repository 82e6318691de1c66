/// A mean with its 95 % interval.
public struct MeanEstimate: Sendable, Equatable {
    public let mean: Double
    /// Wilson's for items that are right or wrong, else the BCa bootstrap's, over groups where there
    /// are any; nil where there are too few items or groups.
    public let interval: ClosedRange<Double>?

    /// Nil for no values.
    public init?(_ sample: Sample) {
        guard let mean = sample.mean else { return nil }
        self.mean = mean
        if !sample.isClustered, sample.values.allSatisfy({ $0 == 0 || $0 == 1 }) {
            interval = WilsonInterval.interval(
                successes: sample.values.count { $0 == 1 }, of: sample.values.count)
        } else {
            interval = Bootstrap.interval(sample, Resamples(sample))
        }
    }
}
