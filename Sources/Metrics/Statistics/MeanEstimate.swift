/// A mean, or what stands for it, with its 95 % interval.
public struct MeanEstimate: Sendable, Equatable {
    public let mean: Double
    /// Wilson's for items that are right or wrong, else the BCa bootstrap's, over groups where there
    /// are any. Where all items of all groups are right, or all wrong, Wilson's for as many items as
    /// there are groups. Nil where there are too few items or groups, or no spread.
    public let interval: ClosedRange<Double>?

    init(mean: Double, interval: ClosedRange<Double>?) {
        self.mean = mean
        self.interval = interval
    }

    /// Nil for no values.
    public init?(_ sample: Sample) {
        guard let mean = sample.mean else { return nil }
        self.mean = mean
        let isProportion = sample.values.allSatisfy { $0 == 0 || $0 == 1 }
        if isProportion, !sample.isClustered || mean == 0 || mean == 1 {
            let units = sample.isClustered ? sample.unitCount : sample.values.count
            let successes = sample.isClustered ? Int(mean) * units : sample.values.count { $0 == 1 }
            interval = WilsonInterval.interval(successes: successes, of: units)
        } else {
            interval = Bootstrap.interval(sample, Resamples(sample))
        }
    }
}
