/// The scores of some items that are neighbours. A score is found by its place: those of the first item
/// by each metric come first, then those of the second, …
struct ItemScores: Sendable {
    /// How many items share one; the last have fewer.
    static let groupSize = 64

    /// 0 where there is a reason for there being none.
    private(set) var values: [Double] = []
    /// Why there is no score.
    private(set) var reasons: [Int: String] = [:]
    /// By item.
    private var ids: [Int: String] = [:]
    private let metrics: [Metric]
    private let hasCounts: Bool
    /// Of all scores, one after another; each end where `countEnds` says. Empty where no metric has some.
    private var counts: [Double] = []
    private var countEnds: [Int] = []

    init(items: Int, _ metrics: [Metric]) {
        self.metrics = metrics
        hasCounts = metrics.contains { $0.combine != nil }
        values.reserveCapacity(items * metrics.count)
    }

    mutating func add(_ comparison: inout Comparison) {
        if let id = comparison.id { ids[values.count / metrics.count] = id }
        for metric in metrics {
            let measured = metric.measured(&comparison)
            switch measured.score {
            case .value(let value): values.append(value)
            case .unscored(let reason):
                reasons[values.count] = reason
                values.append(0)
            }
            if !hasCounts { continue }
            counts += measured.counts
            countEnds.append(counts.count)
        }
    }

    /// - Parameter item: from 0 on.
    func id(_ item: Int) -> String? { ids[item] }

    func score(_ place: Int) -> Score {
        if !reasons.isEmpty, let reason = reasons[place] { return .unscored(reason) }
        return .value(values[place])
    }

    func counts(_ place: Int) -> ArraySlice<Double> {
        if !hasCounts { return [] }
        return counts[(place == 0 ? 0 : countEnds[place - 1])..<countEnds[place]]
    }
}
