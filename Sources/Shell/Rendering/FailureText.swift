import Basics
import Metrics

/// The failures of a run for people: flips and worst answers side by side, then groups.
struct FailureText {
    private let report: FailureReport
    /// The terminal's; nil: answers stand one under the other.
    private let columns: Int?
    /// Items of a list that are shown.
    private static let shown = 5
    /// What all prompts begin with, in characters: lists leave it out.
    private let sharedCount: Int

    init(_ report: FailureReport, columns: Int?) {
        self.report = report
        self.columns = columns
        sharedCount = Self.sharedCount(report.items.map(\.row.prompt))
    }

    private var variant: String { report.variants[report.column] }

    var lines: [String] {
        let scored = report.items.count - report.unscoredCount
        let side = report.measure.direction == .moreIsBetter ? "below" : "worse than"
        var lines = [
            "\(report.measure.name) of \(variant): \(report.failureCount) of \(scored) rows fail (a "
                + "score \(side) \(Numbers.short(report.mark.value)))"
                + (report.unscoredCount > 0 ? ", \(report.unscoredCount) unscored" : "")
        ]
        if report.variants.count > 1 {
            let first = report.variants[0]
            lines += list("lost, right by \(first)", report.lost)
            lines += list("gained, wrong by \(first)", report.gained)
        }
        lines += list("worst of \(variant)", report.worst)
        return lines + ["", "groups"] + groupTable
            + [
                "",
                "/failures open ITEM shows one in full; again ITEM, trap ITEM KIND, note ITEM TEXT, log",
            ]
    }

    private func list(_ title: String, _ items: [FailureReport.Item]) -> [String] {
        let part = items.prefix(Self.shown)
        let count = items.count > part.count ? "\(part.count) of \(items.count)" : "\(items.count)"
        return ["", "\(title): \(count)"] + part.flatMap { self.lines(of: $0, isWhole: false) }
    }

    /// - Parameter isWhole: else long texts are cut.
    func lines(of item: FailureReport.Item, isWhole: Bool) -> [String] {
        func text(_ text: String) -> String {
            isWhole ? TerminalText.visible(text) : Self.cut(TerminalText.visibleOnOneLine(text))
        }
        let group = item.row.group.map { ", group \(TerminalText.visibleOnOneLine($0))" } ?? ""
        var lines = [
            "item \(TerminalText.visibleOnOneLine(item.row.label))\(group)",
            "  prompt     "
                + (isWhole || sharedCount == 0
                    ? text(item.row.prompt)
                    : "…" + text(String(item.row.prompt.dropFirst(sharedCount)))),
        ]
        if let system = item.row.system { lines.append("  system     " + text(system)) }
        lines += item.row.references.map { "  reference  " + text($0) }
        let heads = zip(report.variants, item.scores).map { variant, score in
            switch score {
            case .value(let value): "\(variant)  \(Numbers.fixed(value, 4))"
            case .unscored(let reason): "\(variant)  " + TerminalText.visibleOnOneLine(reason)
            }
        }
        return lines + beside(heads, item.answers.map { text($0.text) })
    }

    /// Answers in columns where there is room.
    private func beside(_ heads: [String], _ texts: [String]) -> [String] {
        let width = ((columns ?? 0) - 3 - 3 * (heads.count - 1)) / heads.count
        guard width >= 20 else {
            return zip(heads, texts).flatMap { head, text in
                ["  " + head]
                    + text.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { "    " + $0 }
            }
        }
        let cells = zip(heads, texts).map { head, text in
            WordWrapper.lines(of: head, width: width) + WordWrapper.lines(of: text, width: width)
        }
        return (0..<(cells.map(\.count).max() ?? 0)).map { row in
            "  "
                + cells.enumerated().map { index, lines in
                    let cell = row < lines.count ? lines[row] : ""
                    let space = width - DisplayWidth.columns(of: cell)
                    let isLast = index + 1 == cells.count
                    return cell + (isLast ? "" : String(repeating: " ", count: max(0, space)))
                }.joined(separator: " │ ")
        }
    }

    private var groupTable: [String] {
        let comparing = report.variants.count > 1
        let table = ScoreTable(
            header: ["", "rows", "fail"] + report.variants + (comparing ? ["lost", "gained"] : []),
            rows: report.groups.map { group in
                [
                    TerminalText.visibleOnOneLine(group.name), String(group.count),
                    "\(Numbers.fixed(100 * Double(group.failureCount) / Double(group.count), 0)) %",
                ] + group.means.map { $0.map { Numbers.fixed($0, 4) } ?? "–" }
                    + (comparing ? [String(group.lostCount), String(group.gainedCount)] : [])
            })
        return table.text.split(separator: "\n").map(String.init)
    }

    /// Up to the end of a line or sentence; 0 for what is too short to be left out.
    private static func sharedCount(_ prompts: [String]) -> Int {
        guard prompts.count > 1, let first = prompts.first else { return 0 }
        let shared = prompts.reduce(first[...]) { shared, prompt in
            shared.prefix(zip(shared, prompt).prefix { $0 == $1 }.count)
        }
        let end = shared.lastIndex { "\n.:?!".contains($0) }
        let count = end.map { shared.distance(from: shared.startIndex, to: $0) + 1 } ?? 0
        return count < 40 || prompts.contains { $0.count == count } ? 0 : count
    }

    private static func cut(_ text: String) -> String {
        text.count > 240 ? text.prefix(240) + "…" : text
    }
}
