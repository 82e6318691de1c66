import Basics
import LanguageModels

/// Answers and scores as rows: an aligned table, CSV (RFC 4180), or Markdown.
final class RowRenderer: Renderer {
    enum Format { case table, csv, markdown }

    private let context: RenderingContext
    private let format: Format

    init(_ context: RenderingContext, _ format: Format) {
        self.context = context
        self.format = format
    }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        write(
            ["variant", "model", "adapter", "type", "bytes"],
            [
                [
                    variant.name, HomePath.shortened(variant.modelPath),
                    variant.adapterPath.map(HomePath.shortened) ?? "", variant.typeLabel,
                    String(variant.byteCount),
                ]
            ])
    }

    func models(_ rows: [ModelRow], note: String) {
        write(
            [
                "variant", "in_lineup", "type", "numerics", "parameters", "context", "own_bytes",
                "shared_bytes", "shared_with", "state", "model", "adapter",
            ],
            rows.map { row in
                [
                    row.variant.name, row.isInLineup ? "yes" : "no", row.variant.typeLabel,
                    row.numerics.label, String(row.variant.parameterCount),
                    String(row.variant.contextLength), String(row.memory.ownByteCount),
                    String(row.memory.sharedByteCount),
                    row.memory.sharedWith.joined(separator: " "), row.memory.state.rawValue,
                    HomePath.shortened(row.variant.modelPath),
                    row.variant.adapterPath.map(HomePath.shortened) ?? "",
                ]
            })
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {}
    func event(_ event: GenerationEvent) {}

    func end(_ turn: Turn) {
        write(
            ["turn", "variant", "tokens", "finish", "text"],
            turn.answers.map {
                [
                    String(turn.number), $0.variant, $0.tokenCount.map(String.init) ?? "",
                    $0.finish.rawValue, $0.text,
                ]
            })
    }

    func scores(_ rows: [ScoreRow]) {
        let table = ScoreTable(rows)
        write(table.header, table.rows)
    }

    func summary(_ summary: RunSummary) {
        let table = format == .csv ? SummaryColumns(summary).table : SummaryTable(summary).table
        write(table.header, table.rows)
    }

    func failures(_ report: FailureReport) {
        let lists = [("lost", report.lost), ("gained", report.gained), ("worst", report.worst)]
        items(lists.flatMap { kind, items in items.map { (kind, $0) } }, of: report)
    }

    func failure(_ item: FailureReport.Item, of report: FailureReport) {
        items([("item", item)], of: report)
    }

    private func items(
        _ items: [(kind: String, item: FailureReport.Item)], of report: FailureReport
    ) {
        write(
            ["kind", "item", "group", "prompt", "reference"]
                + report.variants.flatMap { [$0 + " " + report.measure.name, $0] },
            items.map { kind, item in
                [
                    kind, item.row.label, item.row.group ?? "", item.row.prompt,
                    item.row.references.joined(separator: " | "),
                ]
                    + report.variants.indices.flatMap { index in
                        [item.scores[index].value?.description ?? "", item.answers[index].text]
                    }
            })
    }

    func failureLog(_ entries: [FailureLog.Entry]) {
        write(
            ["time", "file", "item", "prompt", "remark"],
            entries.map { [$0.time, $0.file, $0.item, $0.prompt, $0.remark] })
    }

    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {
        write(table.header, table.rows)
    }

    private func write(_ header: [String], _ rows: [[String]]) {
        switch format {
        case .csv:
            for row in [header] + rows {
                // A file gets the text as it is; a terminal must not be steered by it.
                let cells = context.columns == nil ? row : row.map { TerminalText.visible($0) }
                context.write(cells.map(Self.csv).joined(separator: ",") + "\r\n")
            }
        case .markdown:
            context.write("| " + header.map(MarkdownCell.text).joined(separator: " | ") + " |\n")
            context.write("|" + String(repeating: "---|", count: header.count) + "\n")
            for row in rows {
                context.write("| " + row.map(MarkdownCell.text).joined(separator: " | ") + " |\n")
            }
            context.write("\n")
        case .table:
            let all = ([header] + rows).map { $0.map { TerminalText.visibleOnOneLine($0) } }
            let widths = header.indices.map { column in
                min(80, all.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0)
            }
            for row in all {
                let cells = row.enumerated().map { column, cell in
                    let space = widths[column] - DisplayWidth.columns(of: cell)
                    let isLast = column + 1 == row.count
                    return cell + (isLast ? "" : String(repeating: " ", count: max(0, space)))
                }
                context.write(
                    ScoreTable.withoutSpacesAtEnd(cells.joined(separator: "  ")) + "\n")
            }
            context.write("\n")
        }
    }

    private static func csv(_ cell: String) -> String {
        let needsQuotes = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return cell }
        return "\""
            + cell.unicodeScalars.reduce(into: "") { result, scalar in
                if scalar == "\"" { result += "\"" }
                result.unicodeScalars.append(scalar)
            } + "\""
    }
}
