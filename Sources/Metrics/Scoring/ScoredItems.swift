import Dispatch
import Glibc
import Synchronization

/// Many answers scored by several metrics: each answer, and all of them together.
public struct ScoredItems: Sendable {
    public let metrics: [Metric]
    /// [item][metric]
    public let scores: [[Score]]
    /// What adds up to the score of all items, where that is not the mean; [item][metric].
    let counts: [[[Double]]]
    /// Of all scored items together, by metric: the mean, or what the metric makes of their counts.
    public let totals: [Score]

    /// Items are taken from the queue in groups of so many.
    private static let groupSize = 64

    /// - Parameter threads: how many compute, nil one for each processor; the scores do not depend on it.
    /// - Complexity: that of the metrics, once for each item.
    public init(_ items: [ScoredItem], metrics: [Metric], threads: Int? = nil) {
        let threads = threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let measured = Self.measured(items, metrics, threads: threads)
        self.metrics = metrics
        scores = measured.map { $0.map(\.score) }
        counts = measured.map { $0.map(\.counts) }
        totals = metrics.indices.map { index in
            Self.total(metrics[index], measured.map { $0[index] })
        }
    }

    /// How many items a metric could not score, and why, by reason in the order in which they came up.
    public func unscored(_ metric: Int) -> [(reason: String, count: Int)] {
        var reasons: [(reason: String, count: Int)] = []
        for row in scores {
            guard case .unscored(let reason) = row[metric] else { continue }
            if let index = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[index].count += 1
            } else {
                reasons.append((reason, 1))
            }
        }
        return reasons
    }

    private static func measured(_ items: [ScoredItem], _ metrics: [Metric], threads: Int)
        -> [[Measurement]]
    {
        let groups = (items.count + groupSize - 1) / groupSize
        let results = Mutex([[[Measurement]]](repeating: [], count: groups))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, groups))) { _ in
            var comparison = Comparison()
            while true {
                let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if group >= groups { return }
                let range = group * groupSize..<min(items.count, (group + 1) * groupSize)
                let rows = items[range].map { item in
                    comparison.take(item.answer, item.references)
                    return metrics.map { $0.measured(&comparison) }
                }
                results.withLock { $0[group] = rows }
            }
        }
        return results.withLock { $0.flatMap(\.self) }
    }

    private static func total(_ metric: Metric, _ measured: [Measurement]) -> Score {
        let scored = measured.filter { $0.score.value != nil }
        guard let first = scored.first else {
            return measured.first?.score ?? .unscored("there are no items")
        }
        guard let combine = metric.combine else {
            let sum = scored.reduce(0) { $0 + ($1.score.value ?? 0) }
            return .value(sum / Double(scored.count))
        }
        var sums = [Double](repeating: 0, count: first.counts.count)
        for item in scored {
            for (index, count) in item.counts.enumerated() { sums[index] += count }
        }
        return .value(combine(sums))
    }
}
