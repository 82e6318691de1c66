import Basics

/// The texts of a file, a row each: the answers, or the references, that `tandem score` compares.
///
/// A file that ends with `.jsonl`, `.ndjson` or `.csv` is a table of which one column counts; any other
/// is text, of which each line is a row. Rows are read when they are asked for.
struct TextRows: Sendable {
    let path: String
    let isCSV: Bool
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
        let name = path.lowercased()
        isCSV = name.hasSuffix(".csv")
        if [".jsonl", ".ndjson", ".csv"].contains(where: name.hasSuffix) {
            source = .table(try TableFile(path: path))
            return
        }
        let text = try TextFile.read(path)
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

    /// Reads the columns of a row that `cells` asks for; a line of text is the first of them.
    /// - Throws: what ``TableFile`` throws.
    func read(_ index: Int, into cells: inout RowCells) throws(TandemError) {
        switch source {
        case .table(let table): try table.read(index, into: &cells)
        case .lines(let lines):
            let line = lines[index]
            cells.take(line.last == 0x0D ? line.dropLast() : line, line: index + 1)
        }
    }

    /// The names of the columns that hold the texts.
    /// - Throws: `notFound` where there is no such column.
    func names(_ columns: Columns) throws(TandemError) -> [String] {
        if case .table(let table) = source {
            try columns.names(in: table, path)
        } else {
            [Self.lineColumn]
        }
    }
}
