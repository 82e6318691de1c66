/// How one variant's scores differ from the baseline's, item by item.
public struct PairedComparison: Sendable {
    public enum Test: String, Sendable {
        /// Right/wrong scores of independent items.
        case mcNemar = "mcnemar"
        case signFlip = "sign_flip"
        /// Scores of all items together: whose answer is whose is drawn for each item.
        case swap = "approximate_randomization"
    }

    /// Items that are scored for both.
    public let count: Int
    /// Groups among them; nil where items are independent.
    public let groupCount: Int?
    /// The mean of variant − baseline; the difference of the totals where items do not have means.
    public let delta: Double
    /// BCa, 95 %; nil for fewer than two items or groups, and where the difference is the same on all.
    public let interval: ClosedRange<Double>?
    /// Nil for fewer than two items or groups.
    public let standardError: Double?
    public let test: Test
    /// The p value of `test`.
    public let p: Double
    /// Of the bootstrap of t, where `test` assumes that differences are not skewed.
    public let studentizedP: Double?

    init(
        count: Int, groupCount: Int?, delta: Double, interval: ClosedRange<Double>?,
        standardError: Double?, test: Test, p: Double
    ) {
        self.count = count
        self.groupCount = groupCount
        self.delta = delta
        self.interval = interval
        self.standardError = standardError
        self.test = test
        self.p = p
        studentizedP = nil
    }

    /// - Parameters:
    ///   - baseline: one value for each item; nil where it is not scored.
    ///   - variant: the same, for the same items.
    ///   - groups: the group of each item; nil: items are independent.
    /// - Returns: nil where no item is scored for both.
    public init?(baseline: [Double?], variant: [Double?], groups: [Int]? = nil) {
        var (differences, kept): ([Double], [Int]) = ([], [])
        var (gained, lost, isBinary) = (0, 0, groups == nil)
        for index in baseline.indices {
            guard let first = baseline[index], let second = variant[index] else { continue }
            differences.append(second - first)
            if let groups { kept.append(groups[index]) }
            isBinary = isBinary && [first, second].allSatisfy { $0 == 0 || $0 == 1 }
            if second > first { gained += 1 } else if second < first { lost += 1 }
        }
        let sample = Sample(differences, groups: groups == nil ? nil : kept)
        guard let mean = sample.mean, let flipped = SignFlipTest.p(sample) else { return nil }
        count = differences.count
        groupCount = groups == nil ? nil : sample.unitCount
        delta = mean
        let resamples = Resamples(sample)
        interval = Bootstrap.interval(sample, resamples)
        standardError = sample.standardError
        test = isBinary ? .mcNemar : .signFlip
        p = isBinary ? McNemarTest.p(gained: gained, lost: lost) : flipped
        studentizedP = isBinary ? nil : StudentizedBootstrap.p(sample, resamples)
    }

    /// The p value that a verdict must answer to: the larger of both.
    public var decidingP: Double { max(p, studentizedP ?? 0) }

    /// The smallest true difference that 80 % of such samples would show; nil where the spread is not
    /// known.
    public var smallestEffect: Double? {
        guard let standardError, standardError > 0 else { return nil }
        return DetectableEffect.smallest(standardError: standardError)
    }

    /// About how many more items would decide it, should the difference stay as it is.
    /// - Parameter threshold: smaller differences do not count.
    public func itemsMissing(threshold: Double = 0) -> Int? {
        guard let standardError else { return nil }
        return DetectableEffect.itemsMissing(
            effect: max(delta.magnitude, threshold), standardError: standardError, count: count)
    }
}
