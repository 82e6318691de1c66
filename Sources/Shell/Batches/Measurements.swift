import LanguageModels
import Metrics

/// The scores of variants on the same items, by one measure or several.
struct Measurements {
    struct Row {
        let measure: Measure
        /// One for each variant.
        let columns: [MetricColumn]
    }

    /// What the items are: `rows` or `turns`.
    let unit: String
    let count: Int
    let variants: [String]
    /// How all answers were computed; nil where that is not known of all.
    let numerics: Numerics?
    /// The group of each item, for errors that are clustered.
    let groups: [Int]?
    let rows: [Row]
}

extension Measurements {
    /// Of a run's rows.
    init(_ run: RunResults, metrics: [Metric], given: [GivenScores]) {
        let scored = run.variants.indices.map { Self.scored(run.items, variant: $0, metrics) }
        unit = "rows"
        count = run.items.count
        variants = run.variants
        numerics = run.numerics
        groups = run.groups
        rows =
            metrics.enumerated().map { number, metric in
                Row(measure: metric.measure, columns: scored.map { $0[number] })
            } + given.map { $0.row(of: run.items.map(\.row.number)) }
    }

    /// Of the turns that have scores.
    init(turns given: GivenScores) {
        let numbers = given.numbers
        unit = "turns"
        count = numbers.count
        variants = given.variants
        numerics = nil
        groups = nil
        rows = [given.row(of: numbers)]
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
}
