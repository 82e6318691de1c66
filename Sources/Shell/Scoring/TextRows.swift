import Basics

/// The texts of a file, a row each: the answers, or the references, that `tandem score` compares.
///
/// A file that ends with `.jsonl`, `.ndjson` or `.csv` is a table of which one column counts; any other
/// is text, of which each line is a row.
struct TextRows: Sendable {
    let path: String
    let table: TableFile
    let isText: Bool
    let isCSV: Bool

    /// The column of a text.
    private static let lineColumn = "text"

    /// - Throws: what reading the file throws; `malformed` where there are no rows.
    init(_ path: String) throws(TandemError) {
        self.path = path
        let name = path.lowercased()
        isCSV = name.hasSuffix(".csv")
        isText = !isCSV && !name.hasSuffix(".jsonl") && !name.hasSuffix(".ndjson")
        table = isText ? try TableFile(linesOf: path) : try TableFile(path: path)
    }

    /// The names of the columns that hold the texts.
    /// - Throws: `notFound` where there is no such column.
    func names(_ columns: Columns) throws(TandemError) -> [String] {
        isText ? [Self.lineColumn] : try columns.names(in: self)
    }
}
