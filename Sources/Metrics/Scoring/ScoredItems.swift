import Basics

/// Many answers scored by several metrics: each answer, and all of them together.
public struct ScoredItems: Sendable {
    public let metrics: [Metric]
    public let count: Int
    private let groups: [ItemScores]
    /// Of all scored items together, by metric: the mean, or what the metric makes of their counts.
    public let totals: [Score]

    /// - Parameter threads: how many compute, nil one for each processor; the scores do not depend on it.
    /// - Complexity: that of the metrics, once for each item.
    public init(_ items: [ScoredItem], metrics: [Metric], threads: Int? = nil) {
        self.init(count: items.count, metrics: metrics, threads: threads, reader: items) {
            $2.take($0[$1])
        }
    }

    /// Items that are read when they are scored.
    /// - Parameters:
    ///   - reader: what reads them; each thread has its own copy.
    ///   - read: puts an item into the texts in the place of the one before.
    /// - Throws: what `read` throws for the first item for which it does.
    public init<Reader: Sendable, Failure: Error>(
        count: Int, metrics: [Metric], threads: Int? = nil, reader: Reader,
        read: @Sendable (inout Reader, _ item: Int, inout ItemTexts) throws(Failure) -> Void
    ) throws(Failure) {
        self.count = count
        self.metrics = metrics
        groups = try ItemGroups.map(
            count, groupSize: ItemScores.groupSize, threads: threads, state: (reader, Comparison())
        ) { (range, state) throws(Failure) in
            var group = ItemScores(items: range.count, metrics)
            for index in range {
                try state.1.take { (texts) throws(Failure) in
                    try read(&state.0, index, &texts)
                }
                group.add(&state.1)
            }
            return group
        }
        totals = Self.totals(metrics, groups)
    }

    /// What its file calls an item.
    public func id(_ item: Int) -> String? {
        groups[item / ItemScores.groupSize].id(item % ItemScores.groupSize)
    }

    public func score(_ item: Int, _ metric: Int) -> Score {
        groups[item / ItemScores.groupSize].score(place(item, metric))
    }

    /// What adds up to the score of all items, where that is not the mean.
    func counts(_ item: Int, _ metric: Int) -> [Double] {
        Array(groups[item / ItemScores.groupSize].counts(place(item, metric)))
    }

    private func place(_ item: Int, _ metric: Int) -> Int {
        item % ItemScores.groupSize * metrics.count + metric
    }

    /// How many items a metric could not score, and why, by reason in the order in which they came up.
    public func unscored(_ metric: Int) -> [(reason: String, count: Int)] {
        var reasons: [(reason: String, count: Int)] = []
        for group in groups {
            for place in group.reasons.keys.sorted() where place % metrics.count == metric {
                guard let reason = group.reasons[place] else { continue }
                if let index = reasons.firstIndex(where: { $0.reason == reason }) {
                    reasons[index].count += 1
                } else {
                    reasons.append((reason, 1))
                }
            }
        }
        return reasons
    }

    private static func totals(_ metrics: [Metric], _ groups: [ItemScores]) -> [Score] {
        metrics.enumerated().map { place, metric in
            var (sum, scored) = (0.0, 0)
            var sums: [Double] = []
            for group in groups {
                for index in stride(from: place, to: group.values.count, by: metrics.count)
                where group.reasons.isEmpty || group.reasons[index] == nil {
                    sum += group.values[index]
                    scored += 1
                    if metric.combine == nil { continue }
                    let counts = group.counts(index)
                    if sums.isEmpty { sums = [Double](repeating: 0, count: counts.count) }
                    for (place, count) in counts.enumerated() { sums[place] += count }
                }
            }
            if scored == 0 {
                return groups.first?.score(place) ?? .unscored("there are no items")
            }
            return .value(metric.combine.map { $0(sums) } ?? sum / Double(scored))
        }
    }
}
