import Basics
import Metrics
import Traps

/// The results of traps as tables: what flipped, then rates by kind.
struct TrapReport {
    private let results: TrapResults
    private let summary: TrapSummary

    init(_ results: TrapResults) {
        self.results = results
        summary = TrapSummary(results)
    }

    func show(_ output: Output) {
        let flips = TrapFlip.all(results)
        let events = TrapEvents.events(results)
        if let only {
            output.renderer.result(answersTable(only), events: events)
            if let odds = only.odds { output.renderer.result(oddsTable(odds), events: []) }
        } else if !flips.isEmpty {
            output.renderer.result(table(flips), events: events)
        }
        let whole = ratesTable(isWhole: true)
        output.renderer.result(
            whole,
            events: (only == nil && flips.isEmpty ? events : [])
                + TrapEvents.summaries(summary, results.numerics),
            lines: { context in
                let isTooWide = context.columns.map { whole.width > $0 } ?? false
                let table = isTooWide ? ratesTable(isWhole: false) : whole
                return table.visible.text.split(separator: "\n").map(String.init)
            })
        for note in notes { output.note(note) }
    }

    /// The trap that ran alone: its answers are shown, whatever they are.
    private var only: TrapResults.Item? { results.items.count == 1 ? results.items[0] : nil }

    // MARK: Answers

    private func table(_ flips: [TrapFlip]) -> ScoreTable {
        let comparing = results.variants.count > 1
        var header = ["", "trap", "kind", "variant", "class", "rule and answer"]
        if comparing { header.insert(results.variants[0], at: 4) }
        let rows = flips.map { flip -> [String] in
            let name = flip.answered.part == .trap ? "" : "/" + flip.answered.part.name
            let outcomes = flip.answered.outcomes
            let answer = Self.cut(flip.answered.answers[flip.variant].text)
            var cells = [flip.way.rawValue, flip.item.trap.id + name, flip.item.trap.kind.rawValue]
            cells.append(results.variants[flip.variant])
            if comparing { cells.append(Self.label(outcomes[0])) }
            cells.append(Self.label(outcomes[flip.variant]))
            cells.append("\(Self.rules(outcomes[flip.variant])): \(answer)")
            return cells
        }
        return ScoreTable(header: header, rows: rows, nameCount: 6, endsWithText: true)
    }

    private static func cut(_ text: String) -> String {
        text.count > 100 ? text.prefix(100) + "…" : text
    }

    private static func label(_ outcome: TrapResults.Outcome) -> String {
        switch outcome {
        case .found(let finding): finding.found.label
        case .unscored(let reason): "unscored: " + reason
        }
    }

    private static func rules(_ outcome: TrapResults.Outcome) -> String {
        outcome.finding?.rules.map(\.text).joined(separator: ", ") ?? ""
    }

    // MARK: Rates

    /// - Parameter isWhole: with the intervals of the rates, and the reasons of verdicts.
    private func ratesTable(isWhole: Bool) -> ScoreTable {
        let names = results.variants
        var header = ["kind", "measure", "n"]
        header += names.count == 2 ? names : ["variant", "rate"]
        if names.count > 1 { header += ["delta", "95 % interval", "p", "verdict"] }
        return ScoreTable(
            header: header, rows: summary.rows.flatMap { rows($0, isWhole: isWhole) }, nameCount: 2,
            endsWithText: names.count > 1)
    }

    /// One for two variants, else one for each.
    private func rows(_ row: TrapSummary.Row, isWhole: Bool) -> [[String]] {
        let start = [row.kind?.rawValue ?? "all", row.measure.label, String(row.count)]
        let cells = row.columns.enumerated().map { SummaryCells($1, row.difference(of: $0)) }
        let rates = cells.map { $0.mean(isWhole: isWhole) }
        if cells.count == 2 { return [start + rates + cells[1].difference(isWhole: isWhole)] }
        return cells.indices.map { column in
            let own = start + [results.variants[column], rates[column]]
            if cells.count == 1 { return own }
            return own
                + (column == 0
                    ? ["", "", "", ""] : cells[column].difference(isWhole: isWhole))
        }
    }

    private var notes: [String] {
        var notes: [String] = []
        for row in summary.rows where row.kind == nil {
            for column in row.columns {
                notes += column.unscored.map {
                    "\(row.measure.label), \(column.variant): \($0.count) unscored, "
                        + TerminalText.visibleOnOneLine($0.reason)
                }
            }
        }
        let comparisons = [true, false].map { isWhole in
            summary.rows.filter { ($0.kind == nil) == isWhole }.reduce(0) {
                $0 + $1.differences.count
            }
        }
        if comparisons[0] > 1 {
            notes.append(
                "p after Holm's correction for \(comparisons[0]) comparisons of all traps"
                    + (comparisons[1] > 0 ? ", and for \(comparisons[1]) of kinds" : ""))
        }
        if results.items.count > 1 { notes.append("/trap show NAME shows a trap's answers") }
        return notes
    }

    // MARK: One trap

    /// The fields of a trap as rows of a table.
    static func fields(of trap: Trap) -> [[String]] {
        let none = trap.truth.isEmpty && trap.corrections.isEmpty ? [TrapParser.unknowable] : []
        var fields: [(String, [String])] = [
            ("trap", [trap.id]), ("kind", [trap.kind.title]), ("prompt", [trap.prompt]),
            ("truth", none + trap.truth), ("correction", trap.corrections),
        ]
        fields += trap.falsehoods.map { ("falsehood", $0) }
        if let control = trap.control {
            fields += [("control", [control.prompt]), ("answer", control.answers)]
        }
        if let claim = trap.claim { fields.append(("claim", [claim])) }
        fields += [
            ("entity", trap.entities), ("names", trap.names), ("reason", [trap.reason]),
        ]
        return fields.filter { !$0.1.isEmpty }.map { [$0.0, $0.1.joined(separator: " | ")] }
    }

    func show(_ item: TrapResults.Item, _ renderer: any Renderer) {
        renderer.result(
            ScoreTable(
                header: ["field", "value"], rows: Self.fields(of: item.trap), endsWithText: true),
            events: [TrapEvents.listed(item.trap)])
        renderer.result(answersTable(item), events: TrapEvents.answers(item, results))
        guard let odds = item.odds else { return }
        renderer.result(oddsTable(odds), events: TrapEvents.odds(item, results))
    }

    private func answersTable(_ item: TrapResults.Item) -> ScoreTable {
        ScoreTable(
            header: ["asked", "variant", "class", "rules", "answer"],
            rows: item.answered.flatMap { answered in
                results.variants.indices.map { row(answered, variant: $0, of: item) }
            }, nameCount: 4, endsWithText: true)
    }

    private func row(
        _ answered: TrapResults.Answered, variant: Int, of item: TrapResults.Item
    ) -> [String] {
        let outcome = answered.outcomes[variant]
        let stability = answered.part == .trap ? item.stability(of: variant) : nil
        return [
            answered.part.name, results.variants[variant],
            Self.label(outcome) + (stability.map { ", stability \(Numbers.fixed($0, 2))" } ?? ""),
            Self.rules(outcome), answered.answers[variant].text,
        ]
    }

    private func oddsTable(_ odds: [Result<TrapOdds, TrapOdds.Reason>]) -> ScoreTable {
        ScoreTable(
            header: ["variant", "log-odds", "per token", "of the truth against"],
            rows: zip(results.variants, odds).flatMap { name, result -> [[String]] in
                switch result {
                case .failure(let reason): [[name, "unscored", "unscored", reason.text]]
                case .success(let odds):
                    odds.falsehoods.map {
                        [
                            name, Numbers.signed(odds.logOdds($0), 4),
                            Numbers.signed(odds.logOddsPerToken($0), 4), $0.text,
                        ]
                    }
                }
            }, endsWithText: true)
    }
}
