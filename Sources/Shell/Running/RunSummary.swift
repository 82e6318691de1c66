import LanguageModels
import Metrics

/// Mean scores over the rows of a batch. Rows that are not scored are counted, never averaged.
struct RunSummary {
    struct Mean {
        let variant: String
        /// Nil where no row was scored.
        let value: Double?
        let unscored: Int
    }

    struct Result {
        let metric: String
        let means: [Mean]

        /// The second variant's mean minus the first's, where all rows of both were scored.
        var difference: Double? {
            guard means.count == 2, means.allSatisfy({ $0.unscored == 0 }),
                let first = means[0].value, let second = means[1].value
            else { return nil }
            return second - first
        }
    }

    private let variants: [String]
    private let metrics: [Metric]
    /// How all answers were computed.
    let numerics: Numerics
    private(set) var count = 0
    /// By metric, then variant.
    private var sums: [[Double]]
    private var unscored: [[Int]]

    init(variants: [String], metrics: [Metric], numerics: Numerics) {
        self.numerics = numerics
        self.variants = variants
        self.metrics = metrics
        sums = metrics.map { _ in variants.map { _ in 0 } }
        unscored = metrics.map { _ in variants.map { _ in 0 } }
    }

    /// - Parameter answers: one of each variant.
    mutating func add(_ row: PromptRows.Row, _ answers: [Answer]) {
        count += 1
        for (number, metric) in metrics.enumerated() {
            for (index, answer) in answers.enumerated() {
                let score =
                    answer.finish == .error
                    ? nil : metric.score(answer.text, references: row.references).value
                if let score {
                    sums[number][index] += score
                } else {
                    unscored[number][index] += 1
                }
            }
        }
    }

    var results: [Result] {
        metrics.enumerated().map { number, metric in
            Result(
                metric: metric.name,
                means: variants.enumerated().map { index, variant in
                    let scored = count - unscored[number][index]
                    return Mean(
                        variant: variant,
                        value: scored > 0 ? sums[number][index] / Double(scored) : nil,
                        unscored: unscored[number][index])
                })
        }
    }

    var table: ScoreTable {
        let difference = variants.count == 2 ? ["\(variants[1]) − \(variants[0])"] : []
        return ScoreTable(
            header: ["metric"] + variants + difference,
            rows: results.map { result in
                [result.metric]
                    + result.means.map { mean in
                        let value = mean.value.map { Numbers.fixed($0, 4) } ?? "unscored"
                        return mean.unscored > 0 ? "\(value) (\(mean.unscored) unscored)" : value
                    }
                    + (difference.isEmpty
                        ? [] : [result.difference.map { Numbers.signed($0, 4) } ?? "–"])
            })
    }

    var text: String { "\(count) rows, means\n" + table.text }
}
