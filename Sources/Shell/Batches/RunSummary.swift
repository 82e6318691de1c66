import LanguageModels
import Metrics

/// Mean scores over items, and how variants differ from the first. Items that are not scored are
/// counted, with the reason, never averaged.
struct RunSummary {
    struct Column {
        let variant: String
        let scored: MetricColumn
        /// Nil where no item was scored.
        let estimate: MeanEstimate?

        /// One for each item.
        var scores: [Score] { scored.scores }

        /// The reasons why items were not scored, with their counts.
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
        let measure: Measure
        let columns: [Column]
        /// Smaller differences do not count; in the measure's units.
        let threshold: Double
        /// None for a variant with which no item can be paired.
        fileprivate(set) var differences: [Difference] = []

        func difference(of column: Int) -> Difference? {
            differences.first { $0.column == column }
        }
    }

    /// What the items are: `rows` or `turns`.
    let unit: String
    let count: Int
    let variants: [String]
    /// Nil where it is not known of all answers.
    let numerics: Numerics?
    /// How many groups there are, where errors are clustered.
    let groupCount: Int?
    /// By measure.
    private(set) var results: [Result]
    /// How many differences Holm's correction is for.
    private(set) var comparisonCount = 0

    /// - Parameter threshold: in hundredths of a measure's range.
    init(_ measurements: Measurements, threshold: Double = 0) {
        let groups = measurements.groups
        unit = measurements.unit
        count = measurements.count
        variants = measurements.variants
        numerics = measurements.numerics
        groupCount = groups.map { Set($0).count }
        results = measurements.rows.map { row in
            Result(
                measure: row.measure,
                columns: zip(measurements.variants, row.columns).map { variant, scored in
                    Column(
                        variant: variant, scored: scored,
                        estimate: scored.estimate(groups: groups))
                }, threshold: Self.units(threshold, row.measure))
        }
        compare(groups)
    }

    private static func units(_ points: Double, _ measure: Measure) -> Double {
        let width = measure.range.upperBound - measure.range.lowerBound
        // A measure without an end has points of 0.01.
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
                        direction: results[entry.result].measure.direction)))
        }
    }
}
