import Basics
import Metrics

/// The scores of a run: for two variants a line for each measure, else one for each variant, too.
struct SummaryTable {
    let table: ScoreTable
    /// What stands under each row of the table; nothing where the table says it all.
    private let details: [String]
    private let summary: RunSummary

    /// - Parameter columns: what a line has room for; nil: anything. Where the intervals of the means
    ///   have no room in the table they stand under its rows.
    init(_ summary: RunSummary, columns: Int? = nil) {
        let whole = SummaryTable(summary, isWhole: true)
        let isTooWide = columns.map { whole.table.width > $0 } ?? false
        self = isTooWide ? SummaryTable(summary, isWhole: false) : whole
    }

    private init(_ summary: RunSummary, isWhole: Bool) {
        self.summary = summary
        let comparing = summary.variants.count > 1
        let differenceHeader = ["delta", "95 % interval", "p", "verdict"]
        var (rows, details): ([[String]], [String]) = ([], [])
        if summary.variants.count == 2 {
            for result in summary.results {
                let cells = result.columns.map { SummaryCells($0, result.difference(of: 1)) }
                rows.append(
                    [result.measure.name] + cells.map { $0.mean(isWhole: isWhole) }
                        + cells[1].difference(isWhole: isWhole))
                let parts = cells.compactMap(\.namedInterval).joined(separator: ", ")
                details.append(
                    [parts, cells[1].reason].compactMap(\.self).joined(separator: "; "))
            }
        } else {
            for result in summary.results {
                for (index, column) in result.columns.enumerated() {
                    let cells = SummaryCells(column, result.difference(of: index))
                    rows.append(
                        [index == 0 ? result.measure.name : "", column.variant]
                            + [cells.mean(isWhole: isWhole)]
                            + (comparing && index == 0 ? ["", "", "", ""] : [])
                            + (index > 0 ? cells.difference(isWhole: isWhole) : []))
                    let reason = index > 0 ? cells.reason : nil
                    details.append(
                        [cells.interval, reason].compactMap(\.self).joined(separator: "; "))
                }
            }
        }
        let header =
            summary.variants.count == 2
            ? ["metric"] + summary.variants : ["metric", "variant", "mean"]
        table = ScoreTable(
            header: header + (comparing ? differenceHeader : []), rows: rows,
            endsWithText: comparing)
        self.details = isWhole ? [] : details
    }

    var lines: [String] {
        let rows = table.text.split(separator: "\n").map(String.init)
        guard !details.isEmpty else { return [title] + rows + notes }
        return [title, rows[0]]
            + zip(rows.dropFirst(), details).flatMap { row, detail in
                [row] + (detail.isEmpty ? [] : ["    " + detail])
            } + notes
    }

    private var title: String {
        let groups = summary.groupCount.map { " in \($0) groups" } ?? ""
        let first = summary.variants[0]
        let delta =
            switch summary.variants.count {
            case 1: ""
            case 2: ", delta = \(summary.variants[1]) − \(first)"
            default: ", deltas from \(first)"
            }
        return "\(summary.count) \(summary.unit)\(groups), scores with 95 % intervals\(delta)"
    }

    /// What the table does not say by itself.
    var notes: [String] {
        var notes: [String] = []
        for result in summary.results {
            for column in result.columns {
                notes += column.unscored.map {
                    "\(result.measure.name), \(column.variant): \($0.count) unscored, "
                        + TerminalText.visibleOnOneLine($0.reason)
                }
            }
            for difference in result.differences {
                let name = summary.variants[difference.column]
                notes += remarks(difference, result).map {
                    "\(result.measure.name), \(name): \($0)"
                }
            }
        }
        if summary.comparisonCount > 1 {
            notes.append("p after Holm's correction for \(summary.comparisonCount) comparisons")
        }
        return notes
    }

    private func remarks(
        _ difference: RunSummary.Difference, _ result: RunSummary.Result
    ) -> [String] {
        var remarks: [String] = []
        let comparison = difference.comparison
        if comparison.count < summary.count {
            remarks.append(
                "the difference is of the \(comparison.count) \(summary.unit) that both have "
                    + "scores for")
        }
        guard case .inconclusive(let reason) = difference.verdict else { return remarks }
        switch reason {
        case .tooFewItems:
            if let missing = comparison.itemsMissing(threshold: result.threshold), missing > 0 {
                remarks.append("about \(missing) more \(summary.unit) would decide it")
            }
        case .tooFewGroups:
            remarks.append(
                "rows of a group are not independent; if yours are, leave the groups out with "
                    + "--map group=")
        case .unknownSpread, .belowThreshold, .withinThreshold, .noDirection: break
        }
        return remarks
    }
}
