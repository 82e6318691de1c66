import Basics
import Sessions

/// The rows of a JSONL or CSV file: `prompt` and, where they are there, `reference` (or
/// `references`), `system`, `id` and `group`, or the columns that are named for them.
struct PromptRows {
    let rows: [PromptRow]
    /// Columns that stand for nothing, in their order.
    let unusedColumns: [String]

    /// - Throws: what ``TableRows`` throws; `malformed`, with the line, for a row without a prompt and
    ///   a value of another kind; `notFound` for a mapped column that no row has.
    init(_ path: String, mappings: [RunRequest.Mapping] = []) throws(TandemError) {
        let table = try TableRows(TextFile.read(path), file: path).rows
        var columns = [
            "prompt": ["prompt"], "reference": ["reference", "references"], "system": ["system"],
            "id": ["id"], "group": ["group"],
        ]
        for field in RunRequest.fields where mappings.contains(where: { $0.field == field }) {
            columns[field] = mappings.filter { $0.field == field && !$0.column.isEmpty }
                .map(\.column)
        }
        for mapping in mappings where !mapping.column.isEmpty {
            if table.contains(where: { $0.columns[mapping.column] != nil }) { continue }
            throw TandemError(
                .notFound, "no row has a column \(mapping.column)", file: path,
                remedy: "columns: " + (table.first?.columns.keys.joined(separator: ", ") ?? ""))
        }
        let used = Set(columns.values.joined())
        unusedColumns = table.first?.columns.keys.filter { !used.contains($0) } ?? []
        var rows: [PromptRow] = []
        for (index, row) in table.enumerated() {
            rows.append(try Self.row(row, number: index + 1, columns, file: path))
        }
        self.rows = rows
    }

    private static func row(
        _ row: TableRows.Row, number: Int, _ columns: [String: [String]], file: String
    ) throws(TandemError) -> PromptRow {
        func texts(_ field: String) throws(TandemError) -> [String] {
            var texts: [String] = []
            for column in columns[field] ?? [] {
                guard let value = row.columns[column] else { continue }
                guard let found = Self.texts(value) else {
                    throw TandemError(
                        .malformed, "\(column) is \(value.kind)", file: file, line: row.line,
                        remedy: "a text is expected, or for references a list of texts")
                }
                texts += found
            }
            return texts
        }
        let isCSV = file.lowercased().hasSuffix(".csv")
        /// An empty cell is all that CSV has for a value that is not there.
        func value(_ field: String) throws(TandemError) -> String? {
            let texts = try texts(field)
            if texts.count > 1 {
                throw TandemError(
                    .malformed, "the row has several values for \(field)", file: file,
                    line: row.line, remedy: "only references may be several")
            }
            return texts.first.flatMap { isCSV && field != "prompt" && $0.isEmpty ? nil : $0 }
        }
        guard let prompt = try value("prompt") else {
            throw TandemError(
                .malformed, "the row has no prompt", file: file, line: row.line,
                remedy: "name its column with --map prompt=COLUMN; the row has "
                    + row.columns.keys.joined(separator: ", "))
        }
        let references = try texts("reference")
        return PromptRow(
            number: number, id: try value("id"), group: try value("group"), prompt: prompt,
            system: try value("system"),
            references: isCSV ? references.filter { !$0.isEmpty } : references)
    }

    /// Nil for what is no text and no list of texts.
    private static func texts(_ value: JSON) -> [String]? {
        switch value {
        case .null: return []
        case .string(let text): return [text]
        case .integer, .number: return [value.text]
        case .array(let list):
            let texts = list.compactMap { element -> String? in
                if case .array = element { return nil }
                return Self.texts(element)?.first
            }
            return texts.count == list.count ? texts : nil
        case .bool, .object: return nil
        }
    }
}
