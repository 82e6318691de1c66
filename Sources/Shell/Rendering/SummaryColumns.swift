/// The scores of a run for programs that read CSV: one value a column, in full precision.
struct SummaryColumns {
    let table: ScoreTable

    init(_ summary: RunSummary) {
        func number(_ value: Double?) -> String { value?.description ?? "" }
        table = ScoreTable(
            header: [
                "metric", "variant", "n", "unscored", "mean", "mean_low", "mean_high", "baseline",
                "pairs", "delta", "delta_low", "delta_high", "p", "p_adjusted", "mde", "verdict",
            ],
            rows: summary.results.flatMap { result in
                result.columns.enumerated().map { index, column in
                    let difference = result.difference(of: index)
                    let comparison = difference?.comparison
                    let estimate = column.estimate
                    return [
                        result.measure.name, column.variant, String(summary.count),
                        String(column.unscoredCount), number(estimate?.mean),
                        number(estimate?.interval?.lowerBound),
                        number(estimate?.interval?.upperBound),
                        index > 0 ? summary.variants[0] : "",
                        comparison.map { String($0.count) } ?? "", number(comparison?.delta),
                        number(comparison?.interval?.lowerBound),
                        number(comparison?.interval?.upperBound), number(comparison?.p),
                        number(difference?.adjustedP), number(comparison?.smallestEffect),
                        difference?.verdict.word ?? "",
                    ]
                }
            })
    }
}
