/// What the data say about a variant beside its baseline.
public enum Verdict: Sendable, Equatable {
    case better, worse
    case inconclusive(Reason)

    public enum Reason: Sendable, Equatable {
        /// Items of this kind and number show differences from `smallestEffect` on.
        case tooFewItems(smallestEffect: Double)
        /// There is a difference, but neither way is better.
        case noDirection
        /// Fewer than two items or groups, or no two that differ.
        case unknownSpread
        /// So few groups that no p value could be small enough.
        case tooFewGroups(Int)
        /// There is a difference, but below the threshold.
        case belowThreshold
        /// The whole interval lies within the threshold.
        case withinThreshold
    }

    public static let level = 0.05

    /// Better or worse takes a p value of at most 5 %, no interval that holds 0, and a difference of
    /// at least the threshold.
    ///
    /// - Parameters:
    ///   - p: `decidingP`, corrected where there are several comparisons.
    ///   - threshold: the smallest difference that matters, in the metric's units.
    ///   - direction: which way the metric improves.
    public init(
        _ comparison: PairedComparison, p: Double, threshold: Double = 0,
        direction: Direction = .moreIsBetter
    ) {
        let delta = comparison.delta
        let excludesZero = comparison.interval.map { !$0.contains(0) } ?? true
        if p <= Self.level, excludesZero {
            if delta.magnitude < threshold {
                self = .inconclusive(.belowThreshold)
            } else if direction == .towardsOne {
                self = .inconclusive(.noDirection)
            } else {
                self = (delta > 0) == (direction == .lessIsBetter) ? .worse : .better
            }
        } else if let groups = comparison.groupCount, groups < 6 {
            self = .inconclusive(.tooFewGroups(groups))
        } else if let effect = comparison.smallestEffect, let interval = comparison.interval {
            let isWithin = interval.lowerBound > -threshold && interval.upperBound < threshold
            self = .inconclusive(
                isWithin ? .withinThreshold : .tooFewItems(smallestEffect: effect))
        } else {
            self = .inconclusive(.unknownSpread)
        }
    }

    /// `better`, `worse` or `inconclusive`.
    public var word: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .inconclusive: "inconclusive"
        }
    }
}
