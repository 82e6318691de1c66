import Basics
import Metrics

/// The JSON events of a run's summary: one for each metric and variant beside the first.
enum SummaryEvents {
    static func events(_ summary: RunSummary) -> [JSON] {
        summary.results.flatMap { result in
            let others = Array(result.columns.indices.dropFirst())
            return (others.isEmpty ? [0] : others).map { event(summary, result, column: $0) }
        }
    }

    private static func event(
        _ summary: RunSummary, _ result: RunSummary.Result, column: Int
    ) -> JSON {
        var variants = JSONObject()
        for index in Set([0, column]).sorted() {
            let column = result.columns[index]
            variants[column.variant] = [
                "mean": number(column.estimate?.mean), "interval": ends(column.estimate?.interval),
                "unscored": .integer(column.unscoredCount),
                "reasons": .array(column.unscored.map { .string($0.reason) }),
            ]
        }
        let difference = result.difference(of: column)
        let comparison = difference?.comparison
        return [
            "event": "summary", "n": .integer(summary.count), "unit": .string(summary.unit),
            "metric": .string(result.measure.name),
            "variants": .object(variants),
            "baseline": column == 0 ? nil : .string(summary.variants[0]),
            "variant": .string(summary.variants[column]),
            "pairs": comparison.map { .integer($0.count) } ?? nil,
            "groups": summary.groupCount.map { .integer($0) } ?? nil,
            "delta": number(comparison?.delta), "interval": ends(comparison?.interval),
            "standard_error": number(comparison?.standardError),
            "test": comparison.map { .string($0.test.rawValue) } ?? nil,
            "p": number(comparison?.p), "p_studentized": number(comparison?.studentizedP),
            "p_adjusted": number(difference?.adjustedP),
            "comparisons": .integer(summary.comparisonCount),
            "mde": number(comparison?.smallestEffect),
            "items_missing": comparison?.itemsMissing(threshold: result.threshold)
                .map { .integer($0) } ?? nil,
            "threshold": .number(result.threshold),
            "verdict": difference.map { .string($0.verdict.word) } ?? nil,
            "detail": difference.map { .string(SummaryCells.verdict($0.verdict)) } ?? nil,
            "numerics": (summary.numerics?.label).map { .string($0) } ?? nil,
        ]
    }

    private static func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? nil }

    private static func ends(_ interval: ClosedRange<Double>?) -> JSON {
        interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? nil
    }
}
