/// One variant's scores by one metric, one for each item.
public struct MetricColumn: Sendable {
    public let scores: [Score]
    /// [item][counts]; nil where the score of all items is the mean, and for items without a score.
    let counts: [[Double]?]?
    let combine: @Sendable ([Double]) -> Double

    /// Scores of which that of all items is the mean.
    public init(_ scores: [Score]) {
        self.init(scores: scores, counts: nil) { _ in 0 }
    }

    init(
        scores: [Score], counts: [[Double]?]?, combine: @escaping @Sendable ([Double]) -> Double
    ) {
        self.scores = scores
        self.counts = counts
        self.combine = combine
    }

    private static func kept(_ values: [Int]?, _ isKept: (Int) -> Bool) -> [Int]? {
        values.map { values in values.indices.filter(isKept).map { values[$0] } }
    }

    /// The mean with its interval, or the score of all items together; nil where none is scored.
    /// - Parameter groups: the group of each item; nil: items are independent.
    public func estimate(groups: [Int]?) -> MeanEstimate? {
        let groups = Self.kept(groups) { scores[$0].value != nil }
        if let counts {
            return MeanEstimate(PooledSample(counts.compactMap(\.self), groups: groups), combine)
        }
        return MeanEstimate(Sample(scores.compactMap(\.value), groups: groups))
    }

    /// How it differs from `baseline` on the items that both have scores for; nil where there are none.
    public func compared(with baseline: MetricColumn, groups: [Int]?) -> PairedComparison? {
        guard let counts, let others = baseline.counts else {
            return PairedComparison(
                baseline: baseline.scores.map(\.value), variant: scores.map(\.value),
                groups: groups)
        }
        let pairs = counts.indices.filter { counts[$0] != nil && others[$0] != nil }
        let kept = Self.kept(groups) { counts[$0] != nil && others[$0] != nil }
        return PairedComparison(
            pooled: PooledSample(pairs.compactMap { others[$0] }, groups: kept),
            PooledSample(pairs.compactMap { counts[$0] }, groups: kept), combine)
    }
}

extension ScoredItems {
    /// - Parameter failures: items that have no score, with the reason.
    public func column(_ metric: Int, failures: [Int: String]) -> MetricColumn {
        let scores = (0..<count).map { item in
            failures[item].map(Score.unscored) ?? score(item, metric)
        }
        guard let combine = metrics[metric].combine else {
            return MetricColumn(scores)
        }
        let counts = scores.enumerated().map { item, score in
            score.value == nil ? nil : self.counts(item, metric)
        }
        return MetricColumn(scores: scores, counts: counts, combine: combine)
    }
}
