import Dispatch
import Glibc
import Synchronization

/// Many answers scored by several metrics: each answer, and all of them together.
public struct ScoredItems: Sendable {
    public let metrics: [Metric]
    /// What their file calls the items.
    public let ids: [String?]
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
        self.init(count: items.count, metrics: metrics, threads: threads) { items[$0] }
    }

    /// Items that are made when they are scored.
    /// - Parameter item: called on several threads.
    /// - Throws: what `item` throws for the first item for which it does.
    public init<Failure: Error>(
        count: Int, metrics: [Metric], threads: Int? = nil,
        item: @Sendable (Int) throws(Failure) -> ScoredItem
    ) throws(Failure) {
        let threads = threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let groups = (count + Self.groupSize - 1) / Self.groupSize
        let results = Mutex([Result<Group, Failure>?](repeating: nil, count: groups))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, groups))) { _ in
            var comparison = Comparison()
            while true {
                let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if group >= groups { return }
                let range = group * Self.groupSize..<min(count, (group + 1) * Self.groupSize)
                let result = Self.measured(range, metrics, &comparison, item)
                results.withLock { $0[group] = result }
            }
        }
        var all = Group()
        all.reserveCapacity(count)
        for result in results.withLock({ $0 }) {
            if let group = try result?.get() { all.append(group) }
        }
        self.metrics = metrics
        ids = all.ids
        scores = all.scores
        counts = all.counts
        totals = metrics.indices.map { Self.total(metrics[$0], all, $0) }
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

    /// Neighbours; [item][metric].
    private struct Group: Sendable {
        var ids: [String?] = []
        var scores: [[Score]] = []
        var counts: [[[Double]]] = []

        mutating func reserveCapacity(_ count: Int) {
            ids.reserveCapacity(count)
            scores.reserveCapacity(count)
            counts.reserveCapacity(count)
        }

        mutating func append(_ other: Group) {
            ids += other.ids
            scores += other.scores
            counts += other.counts
        }
    }

    private static func measured<Failure: Error>(
        _ range: Range<Int>, _ metrics: [Metric], _ comparison: inout Comparison,
        _ item: (Int) throws(Failure) -> ScoredItem
    ) -> Result<Group, Failure> {
        do throws(Failure) {
            var group = Group()
            group.reserveCapacity(range.count)
            for index in range {
                let item = try item(index)
                comparison.take(item.answer, item.references)
                let measured = metrics.map { $0.measured(&comparison) }
                group.ids.append(item.id)
                group.scores.append(measured.map(\.score))
                group.counts.append(measured.map(\.counts))
            }
            return .success(group)
        } catch {
            return .failure(error)
        }
    }

    private static func total(_ metric: Metric, _ all: Group, _ index: Int) -> Score {
        let scored = all.scores.indices.filter { all.scores[$0][index].value != nil }
        guard let first = scored.first else {
            return all.scores.first?[index] ?? .unscored("there are no items")
        }
        guard let combine = metric.combine else {
            let sum = scored.reduce(0) { $0 + (all.scores[$1][index].value ?? 0) }
            return .value(sum / Double(scored.count))
        }
        var sums = [Double](repeating: 0, count: all.counts[first][index].count)
        for item in scored {
            for (place, count) in all.counts[item][index].enumerated() { sums[place] += count }
        }
        return .value(combine(sums))
    }
}
