import LanguageModels
import Metrics

/// Mean scores over the rows of a batch, and how variants differ from the first. Rows that are not
/// scored are counted, with the reason, never averaged.
struct RunSummary {
    struct Column {
        let variant: String
        let scored: MetricColumn
        /// Nil where no row was scored.
        let estimate: MeanEstimate?

        /// One for each item.
        var scores: [Score] { scored.scores }

        /// The reasons why rows were not scored, with their counts.
        var unscored: [(reason: String, count: Int)] {
            var counts: [(reason: String, count: Int)] = []
            for case .unscored(let reason) in scores {
                if let index = counts.firstIndex(where: { $0.reason == reason }) {
                    counts[index].count += 1
                } else {
                    counts.append((reason, 1))
                }
            }
            return counts
        }

        var unscoredCount: Int { scores.count { $0.value == nil } }
    }

    /// A variant beside the first.
    struct Difference {
        let column: Int
        let comparison: PairedComparison
        /// After Holm's correction over all differences of the run.
        let adjustedP: Double
        let verdict: Verdict
    }

    struct Result {
        let metric: Metric
        let columns: [Column]
        /// Smaller differences do not count; in the metric's units.
        let threshold: Double
        /// None for a variant with which no item can be paired.
        fileprivate(set) var differences: [Difference] = []

        func difference(of column: Int) -> Difference? {
            differences.first { $0.column == column }
        }
    }

    let count: Int
    let variants: [String]
    let numerics: Numerics
    /// How many groups there are, where errors are clustered.
    let groupCount: Int?
    /// By metric.
    private(set) var results: [Result]
    /// How many differences Holm's correction is for.
    private(set) var comparisonCount = 0

    /// - Parameter threshold: in hundredths of a metric's range.
    init(_ run: RunResults, metrics: [Metric], threshold: Double) {
        count = run.items.count
        variants = run.variants
        numerics = run.numerics
        let groups = run.groups
        groupCount = groups.map { Set($0).count }
        let scored = run.variants.indices.map { Self.scored(run.items, variant: $0, metrics) }
        results = metrics.enumerated().map { number, metric in
            Result(
                metric: metric,
                columns: zip(run.variants, scored).map { variant, columns in
                    Column(
                        variant: variant, scored: columns[number],
                        estimate: columns[number].estimate(groups: groups))
                }, threshold: Self.units(threshold, metric))
        }
        compare(groups)
    }

    /// One column for each metric.
    private static func scored(
        _ items: [RunResults.Item], variant: Int, _ metrics: [Metric]
    ) -> [MetricColumn] {
        var failures: [Int: String] = [:]
        for (index, item) in items.enumerated() {
            failures[index] = item.answers[variant].failure
        }
        let scored = ScoredItems(
            items.map {
                ScoredItem(answer: $0.answers[variant].text, references: $0.row.references)
            },
            metrics: metrics)
        return metrics.indices.map { scored.column($0, failures: failures) }
    }

    private static func units(_ points: Double, _ metric: Metric) -> Double {
        let width = metric.range.upperBound - metric.range.lowerBound
        // A metric without an end has points of 0.01.
        return points / 100 * (width.isFinite ? width : 1)
    }

    private mutating func compare(_ groups: [Int]?) {
        var found: [(result: Int, column: Int, comparison: PairedComparison)] = []
        for (number, result) in results.enumerated() {
            let columns = result.columns.map(\.scored)
            for column in columns.indices.dropFirst() {
                if let comparison = columns[column].compared(with: columns[0], groups: groups) {
                    found.append((number, column, comparison))
                }
            }
        }
        comparisonCount = found.count
        let adjusted = HolmCorrection.adjusted(found.map(\.comparison.decidingP))
        for (entry, p) in zip(found, adjusted) {
            results[entry.result].differences.append(
                Difference(
                    column: entry.column, comparison: entry.comparison, adjustedP: p,
                    verdict: Verdict(
                        entry.comparison, p: p, threshold: results[entry.result].threshold,
                        direction: results[entry.result].metric.direction)))
        }
    }
}
