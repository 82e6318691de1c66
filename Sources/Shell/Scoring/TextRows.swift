import Basics

/// The texts of a file, a row each: the answers, or the references, that `tandem score` compares.
///
/// A file that ends with `.jsonl`, `.ndjson` or `.csv` is a table of which one column counts; any other
/// is text, of which each line is a row.
struct TextRows {
    struct Row {
        /// Where it begins in the file, from 1.
        let line: Int
        /// What the file calls it.
        let id: String?
        let texts: [String]
    }

    let path: String
    private let source: Source

    private enum Source {
        case table([TableRows.Row])
        case lines([Row])
    }

    /// - Throws: what reading the file throws, and ``TableRows``; `malformed` where there are no rows.
    init(_ path: String) throws(TandemError) {
        self.path = path
        let text = try TextFile.read(path)
        let name = path.lowercased()
        let isTable = [".jsonl", ".ndjson", ".csv"].contains { name.hasSuffix($0) }
        source =
            try isTable
            ? .table(TableRows(text, file: path).rows) : .lines(Self.lines(text, file: path))
    }

    var isTable: Bool { if case .table = source { true } else { false } }

    /// - Parameter isList: whether a row may have several texts, or none.
    /// - Throws: `notFound` where there is no such column; `malformed`, with the line, for a row without
    ///   it and a value that is no text.
    func rows(_ columns: Columns, isList: Bool) throws(TandemError) -> [Row] {
        let table: [TableRows.Row]
        switch source {
        case .lines(let rows): return rows
        case .table(let rows): table = rows
        }
        let names = try columns.names(in: table, file: path)
        var rows: [Row] = []
        rows.reserveCapacity(table.count)
        for row in table {
            let texts = try Self.texts(row, names, isList: isList, file: path)
            rows.append(
                Row(line: row.line, id: row.columns["id"].flatMap(Self.text), texts: texts))
        }
        return rows
    }

    private static func lines(_ text: String, file: String) throws(TandemError) -> [Row] {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        if lines.isEmpty { throw TandemError(.malformed, "there are no rows", file: file) }
        return lines.enumerated().map { index, line in
            let line = line.last == 0x0D ? line.dropLast() : line
            return Row(line: index + 1, id: nil, texts: [String(decoding: line, as: UTF8.self)])
        }
    }

    private static func texts(
        _ row: TableRows.Row, _ names: [String], isList: Bool, file: String
    ) throws(TandemError) -> [String] {
        var texts: [String] = []
        for name in names {
            guard let value = row.columns[name] else { continue }
            var found: [String]?
            switch value {
            case .null: found = []
            case .array(let list):
                found = list.compactMap(text)
                if found?.count != list.count { found = nil }
            // An empty cell is all that CSV has for a reference that is not there.
            case .string("") where isList && file.lowercased().hasSuffix(".csv"): found = []
            default: found = text(value).map { [$0] }
            }
            guard let found else {
                throw TandemError(
                    .malformed, "\(name) is \(value.kind)", file: file, line: row.line,
                    remedy: "a text is expected, or for references a list of texts")
            }
            texts += found
        }
        if !isList, texts.count != 1 {
            let name = names.joined(separator: ", ")
            throw TandemError(
                .malformed,
                texts.isEmpty ? "the row has no \(name)" : "the row has several texts in \(name)",
                file: file, line: row.line, remedy: "each row holds one answer")
        }
        return texts
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .string(let text): text
        case .integer, .number: value.text
        default: nil
        }
    }
}
