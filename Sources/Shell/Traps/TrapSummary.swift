import Metrics
import Traps

/// Rates of a run of traps, of all of them and of each kind, and how variants differ from the first.
struct TrapSummary {
    struct Row {
        /// Nil: all kinds.
        let kind: TrapKind?
        let measure: TrapMeasure
        /// Traps that have it.
        let count: Int
        let columns: [RunSummary.Column]
        /// None for a variant with which nothing can be paired.
        fileprivate(set) var differences: [RunSummary.Difference] = []

        func difference(of column: Int) -> RunSummary.Difference? {
            differences.first { $0.column == column }
        }
    }

    let variants: [String]
    let rows: [Row]

    init(_ results: TrapResults) {
        variants = results.variants
        let kinds = TrapKind.allCases.filter { kind in
            results.items.contains { $0.trap.kind == kind }
        }
        let whole = Self.rows(results, kind: nil)
        // One kind is all there is.
        let parts = kinds.count > 1 ? kinds.flatMap { Self.rows(results, kind: $0) } : []
        rows = Self.compared(whole) + Self.compared(parts)
    }

    private static func rows(_ results: TrapResults, kind: TrapKind?) -> [Row] {
        let items = results.items.filter { kind == nil || $0.trap.kind == kind }
        return TrapMeasure.allCases.compactMap { measure in
            let scores = items.compactMap { item -> [Score]? in
                let scores = results.variants.indices.map { measure.score(item, variant: $0) }
                // What cannot be told of one variant may be of another: stability of an answer that
                // failed.
                if scores.allSatisfy({ $0 == nil }) { return nil }
                return scores.map { $0 ?? .unscored("there is nothing to compare") }
            }
            if scores.isEmpty { return nil }
            return Row(
                kind: kind, measure: measure, count: scores.count,
                columns: results.variants.enumerated().map { column, variant in
                    let scored = MetricColumn(scores.map { $0[column] })
                    return RunSummary.Column(
                        variant: variant, scored: scored, estimate: scored.estimate(groups: nil))
                })
        }
    }

    /// With the differences from the first variant, their p values corrected for all of `rows`.
    private static func compared(_ rows: [Row]) -> [Row] {
        var found: [(row: Int, column: Int, comparison: PairedComparison)] = []
        for (number, row) in rows.enumerated() {
            let columns = row.columns.map(\.scored)
            for column in columns.indices.dropFirst() {
                if let comparison = columns[column].compared(with: columns[0], groups: nil) {
                    found.append((number, column, comparison))
                }
            }
        }
        var rows = rows
        let adjusted = HolmCorrection.adjusted(found.map(\.comparison.decidingP))
        for (entry, p) in zip(found, adjusted) {
            rows[entry.row].differences.append(
                RunSummary.Difference(
                    column: entry.column, comparison: entry.comparison, adjustedP: p,
                    verdict: Verdict(
                        entry.comparison, p: p, direction: rows[entry.row].measure.direction)))
        }
        return rows
    }
}
