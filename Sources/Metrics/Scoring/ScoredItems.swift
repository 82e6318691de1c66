import Basics

/// Many answers scored by several metrics: each answer, and all of them together.
public struct ScoredItems: Sendable {
    public let metrics: [Metric]
    /// What their file calls the items.
    public let ids: [String?]
    /// Of the first item by each metric, then of the second, …
    private let scores: [Score]
    /// What adds up to the score of all items, where that is not the mean; as ``scores``.
    private let counts: [[Double]]
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
        let groups = try ItemGroups.map(
            count, groupSize: 64, threads: threads, state: (reader, Comparison())
        ) { (range, state) throws(Failure) in
            var group = Group()
            group.reserveCapacity(items: range.count, metrics: metrics.count)
            for index in range {
                try state.1.take { (texts) throws(Failure) in
                    try read(&state.0, index, &texts)
                }
                group.add(metrics, &state.1)
            }
            return group
        }
        var all = Group()
        all.reserveCapacity(items: count, metrics: metrics.count)
        for group in groups { all.append(group) }
        self.metrics = metrics
        ids = all.ids
        scores = all.scores
        counts = all.counts
        totals = metrics.indices.map { all.total(metrics[$0], $0, of: metrics.count) }
    }

    public var count: Int { ids.count }

    public func score(_ item: Int, _ metric: Int) -> Score { scores[item * metrics.count + metric] }

    func counts(_ item: Int, _ metric: Int) -> [Double] { counts[item * metrics.count + metric] }

    /// How many items a metric could not score, and why, by reason in the order in which they came up.
    public func unscored(_ metric: Int) -> [(reason: String, count: Int)] {
        var reasons: [(reason: String, count: Int)] = []
        for item in 0..<count {
            guard case .unscored(let reason) = score(item, metric) else { continue }
            if let index = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[index].count += 1
            } else {
                reasons.append((reason, 1))
            }
        }
        return reasons
    }

    /// Neighbours; as ``scores``.
    private struct Group: Sendable {
        var ids: [String?] = []
        var scores: [Score] = []
        var counts: [[Double]] = []

        mutating func reserveCapacity(items: Int, metrics: Int) {
            ids.reserveCapacity(items)
            scores.reserveCapacity(items * metrics)
            counts.reserveCapacity(items * metrics)
        }

        mutating func append(_ other: Group) {
            ids += other.ids
            scores += other.scores
            counts += other.counts
        }

        mutating func add(_ metrics: [Metric], _ comparison: inout Comparison) {
            ids.append(comparison.id)
            for metric in metrics {
                let measured = metric.measured(&comparison)
                scores.append(measured.score)
                counts.append(measured.counts)
            }
        }

        /// - Parameter place: of the metric among `width` ones.
        func total(_ metric: Metric, _ place: Int, of width: Int) -> Score {
            let all = stride(from: place, to: scores.count, by: width)
            guard let first = all.first(where: { scores[$0].value != nil }) else {
                return scores.isEmpty ? .unscored("there are no items") : scores[place]
            }
            var (sum, scored) = (0.0, 0.0)
            var sums = [Double](repeating: 0, count: counts[first].count)
            for index in all {
                guard let value = scores[index].value else { continue }
                sum += value
                scored += 1
                for (place, count) in counts[index].enumerated() { sums[place] += count }
            }
            return .value(metric.combine.map { $0(sums) } ?? sum / scored)
        }
    }
}
