import Basics
import Metrics

/// Scores with a column for each variant, and the difference of two; the turn too where there are several.
struct ScoreTable {
    let header: [String]
    let rows: [[String]]
    /// Columns at the start that name the row.
    private var nameCount = 1
    /// Whether the last column is text and not numbers.
    var endsWithText = false

    init(_ scores: [ScoreRow]) {
        var variants: [String] = []
        for entry in scores.flatMap(\.entries) where !variants.contains(entry.variant) {
            variants.append(entry.variant)
        }
        let hasTurns = scores.contains { $0.subject != scores.first?.subject }
        header =
            (hasTurns ? ["turn"] : []) + ["metric"] + variants
            + (variants.count == 2 ? ["\(variants[1]) − \(variants[0])"] : [])
        nameCount = hasTurns ? 2 : 1
        rows = scores.map { row in
            (hasTurns ? [Self.name(row.subject)] : []) + [row.metric]
                + variants.map { variant in
                    row.entries.first { $0.variant == variant }.map(Self.cell) ?? "–"
                }
                + (variants.count == 2
                    ? [row.difference.map { Numbers.signed($0, 4) } ?? "–"] : [])
        }
    }

    private static func name(_ subject: ScoreRow.Subject) -> String {
        switch subject {
        case .turn(let number): String(number)
        case .turns(let count): "all \(count)"
        }
    }

    private static func cell(_ entry: ScoreRow.Entry) -> String {
        switch entry.score {
        case .value(let value):
            Numbers.fixed(value, 4) + (entry.unscored > 0 ? " (\(entry.unscored) unscored)" : "")
        case .unscored(let reason): "unscored: " + TerminalText.visibleOnOneLine(reason)
        }
    }

    init(
        header: [String], rows: [[String]], nameCount: Int = 1, endsWithText: Bool = false
    ) {
        self.header = header
        self.rows = rows
        self.nameCount = nameCount
        self.endsWithText = endsWithText
    }

    /// The same, safe to show.
    var visible: ScoreTable {
        ScoreTable(
            header: header.map { TerminalText.visibleOnOneLine($0) },
            rows: rows.map { $0.map { TerminalText.visibleOnOneLine($0) } },
            nameCount: nameCount, endsWithText: endsWithText)
    }

    private var widths: [Int] {
        let all = [header] + rows
        return header.indices.map { column in
            all.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
        }
    }

    /// Of the longest line of ``text``, in columns of a terminal.
    var width: Int { widths.reduce(0, +) + 2 * (widths.count - 1) }

    /// Aligned columns, without spaces at the ends of lines.
    var text: String {
        let (all, widths) = ([header] + rows, widths)
        return all.map { row in
            let line = row.indices.map { column in
                let space = String(
                    repeating: " ", count: widths[column] - DisplayWidth.columns(of: row[column]))
                if endsWithText, column == row.count - 1 { return row[column] }
                return column < nameCount ? row[column] + space : space + row[column]
            }.joined(separator: "  ")
            return Self.withoutSpacesAtEnd(line) + "\n"
        }.joined()
    }

    static func withoutSpacesAtEnd(_ line: String) -> Substring {
        line.utf8.lastIndex { $0 != UInt8(ascii: " ") }.map { line[...$0] } ?? ""
    }
}
