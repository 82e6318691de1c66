import Basics

/// The texts of a file, a row each: the answers, or the references, that `tandem score` compares.
///
/// A file that ends with `.jsonl`, `.ndjson` or `.csv` is a table of which one column counts; any other
/// is text, of which each line is a row. Rows are read when they are asked for.
struct TextRows: Sendable {
    let path: String
    private let source: Source

    private enum Source {
        case table(TableFile)
        case lines([Substring.UTF8View])
    }

    /// The column of a file that is no table.
    private static let lineColumn = "text"

    /// - Throws: what reading the file throws; `malformed` where there are no rows.
    init(_ path: String) throws(TandemError) {
        self.path = path
        let text = try TextFile.read(path)
        let name = path.lowercased()
        if [".jsonl", ".ndjson", ".csv"].contains(where: name.hasSuffix) {
            source = .table(try TableFile(text, file: path))
            return
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        if lines.isEmpty { throw TandemError(.malformed, "there are no rows", file: path) }
        source = .lines(lines)
    }

    var isTable: Bool { if case .table = source { true } else { false } }

    var count: Int {
        switch source {
        case .table(let table): table.count
        case .lines(let lines): lines.count
        }
    }

    /// - Throws: what ``TableFile`` throws.
    func row(_ index: Int) throws(TandemError) -> TableRows.Row {
        switch source {
        case .table(let table): return try table.row(index)
        case .lines(let lines):
            let line = lines[index].last == 0x0D ? lines[index].dropLast() : lines[index]
            var columns = JSONObject()
            columns[Self.lineColumn] = .string(String(decoding: line, as: UTF8.self))
            return TableRows.Row(line: index + 1, columns: columns)
        }
    }

    /// The names of the columns that hold the texts.
    /// - Throws: `notFound` where there is no such column.
    func names(_ columns: Columns) throws(TandemError) -> [String] {
        isTable ? try columns.names(in: self) : [Self.lineColumn]
    }

    /// What the file calls a row.
    static func id(of row: TableRows.Row) -> String? { row.columns["id"].flatMap(text) }

    /// The texts in some columns of a row of this file.
    /// - Parameter isList: whether a row may have several texts, or none.
    /// - Throws: `malformed`, with the line, for a row without text and a value that is none.
    func texts(_ row: TableRows.Row, _ names: [String], isList: Bool) throws(TandemError)
        -> [String]
    {
        try Self.texts(row, names, isList: isList, file: path)
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
