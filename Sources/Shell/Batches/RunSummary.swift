import LanguageModels
import Metrics

/// Mean scores over the rows of a batch, and how variants differ from the first. Rows that are not
/// scored are counted, with the reason, never averaged.
struct RunSummary {
    struct Column {
        let variant: String
        /// One for each item.
        let scores: [Score]
        /// Nil where no row was scored.
        let estimate: MeanEstimate?

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
        results = metrics.map { metric in
            Result(
                metric: metric,
                columns: run.variants.enumerated().map { index, variant in
                    let scores = run.items.map {
                        $0.answers[index].score(metric, references: $0.row.references)
                    }
                    return Column(
                        variant: variant, scores: scores,
                        estimate: MeanEstimate(Self.sample(scores, groups)))
                }, threshold: Self.units(threshold, metric))
        }
        compare(groups)
    }

    private static func sample(_ scores: [Score], _ groups: [Int]?) -> Sample {
        let scored = scores.indices.filter { scores[$0].value != nil }
        return Sample(
            scored.compactMap { scores[$0].value },
            groups: groups.map { groups in scored.map { groups[$0] } })
    }

    private static func units(_ points: Double, _ metric: Metric) -> Double {
        let width = metric.range.upperBound - metric.range.lowerBound
        // A metric without an end has points of 0.01.
        return points / 100 * (width.isFinite ? width : 1)
    }

    private mutating func compare(_ groups: [Int]?) {
        var found: [(result: Int, column: Int, comparison: PairedComparison)] = []
        for (number, result) in results.enumerated() {
            let values = result.columns.map { $0.scores.map(\.value) }
            for column in values.indices.dropFirst() {
                if let comparison = PairedComparison(
                    baseline: values[0], variant: values[column], groups: groups)
                {
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
