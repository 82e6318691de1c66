import Basics
import Metrics

/// The scores of a run: for two variants a line for each metric, else one for each variant, too.
struct SummaryTable {
    let table: ScoreTable
    private let summary: RunSummary

    init(_ summary: RunSummary) {
        self.summary = summary
        let comparing = summary.variants.count > 1
        let differenceHeader = ["95 % interval", "p", "verdict"]
        if summary.variants.count == 2 {
            table = ScoreTable(
                header: ["metric"] + summary.variants
                    + ["\(summary.variants[1]) − \(summary.variants[0])"] + differenceHeader,
                rows: summary.results.map { result in
                    [result.metric.name] + result.columns.map(Self.estimate)
                        + Self.difference(result.difference(of: 1))
                })
        } else {
            table = ScoreTable(
                header: ["metric", "variant", "mean"]
                    + (comparing ? ["− \(summary.variants[0])"] + differenceHeader : []),
                rows: summary.results.flatMap { result in
                    result.columns.enumerated().map { index, column in
                        [index == 0 ? result.metric.name : "", column.variant]
                            + [Self.estimate(column)]
                            + (comparing && index == 0 ? ["", "", "", ""] : [])
                            + (index > 0 ? Self.difference(result.difference(of: index)) : [])
                    }
                })
        }
    }

    var lines: [String] {
        [title] + table.text.split(separator: "\n").map(String.init) + notes
    }

    private var title: String {
        let groups = summary.groupCount.map { " in \($0) groups" } ?? ""
        return "\(summary.count) rows\(groups), scores with 95 % intervals"
    }

    /// What the table does not say by itself.
    var notes: [String] {
        var notes: [String] = []
        for result in summary.results {
            for column in result.columns {
                notes += column.unscored.map {
                    "\(result.metric.name), \(column.variant): \($0.count) unscored, "
                        + TerminalText.visibleOnOneLine($0.reason)
                }
            }
            for difference in result.differences {
                let name = summary.variants[difference.column]
                notes += Self.remarks(difference, result, summary).map {
                    "\(result.metric.name), \(name): \($0)"
                }
            }
        }
        if summary.comparisonCount > 1 {
            notes.append("p after Holm's correction for \(summary.comparisonCount) comparisons")
        }
        return notes
    }

    private static func remarks(
        _ difference: RunSummary.Difference, _ result: RunSummary.Result, _ summary: RunSummary
    ) -> [String] {
        var remarks: [String] = []
        let comparison = difference.comparison
        if comparison.count < summary.count {
            remarks.append(
                "the difference is of the \(comparison.count) rows that both have scores for")
        }
        guard case .inconclusive(let reason) = difference.verdict else { return remarks }
        switch reason {
        case .tooFewItems:
            if let missing = comparison.itemsMissing(threshold: result.threshold), missing > 0 {
                remarks.append("about \(missing) more rows would decide it")
            }
        case .tooFewGroups:
            remarks.append(
                "rows of a group are not independent; if yours are, leave the groups out with "
                    + "--map group=")
        case .unknownSpread, .belowThreshold, .withinThreshold, .noDirection: break
        }
        return remarks
    }

    static func estimate(_ column: RunSummary.Column) -> String {
        guard let estimate = column.estimate else { return "unscored" }
        let unscored = column.unscoredCount
        return Numbers.fixed(estimate.mean, 4)
            + (estimate.interval.map { " [\(interval($0, Numbers.fixed))]" } ?? "")
            + (unscored > 0 ? " (\(unscored) unscored)" : "")
    }

    static func difference(_ difference: RunSummary.Difference?) -> [String] {
        guard let difference else { return ["–", "–", "–", "unscored"] }
        let comparison = difference.comparison
        let isTiny = difference.adjustedP < 0.0001
        return [
            Numbers.signed(comparison.delta, 4),
            comparison.interval.map { "[\(interval($0, Numbers.signed))]" } ?? "–",
            isTiny ? "< 0.0001" : Numbers.fixed(difference.adjustedP, 4),
            verdict(difference.verdict),
        ]
    }

    private static func interval(
        _ interval: ClosedRange<Double>, _ text: (Double, Int) -> String
    ) -> String {
        "\(text(interval.lowerBound, 3)), \(text(interval.upperBound, 3))"
    }

    static func verdict(_ verdict: Verdict) -> String {
        guard case .inconclusive(let reason) = verdict else { return verdict.word }
        let why =
            switch reason {
            case .tooFewItems(let effect): "MDE \(Numbers.fixed(effect, 4))"
            case .unknownSpread: "the same on every row"
            case .noDirection: "neither way is better"
            case .tooFewGroups(let count): "\(count) groups, it takes 6"
            case .belowThreshold: "below the threshold"
            case .withinThreshold: "within the threshold"
            }
        return "inconclusive (\(why))"
    }
}
