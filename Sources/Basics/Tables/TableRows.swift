/// The rows of a JSONL file (an object a line) or of a CSV file (its first row names the columns).
public struct TableRows: Sendable {
    public struct Row: Sendable {
        /// Where it begins in the file, from 1.
        public let line: Int
        /// By column; what a CSV file holds are strings.
        public let columns: JSONObject
    }

    public let rows: [Row]

    /// - Parameter file: its name; one that ends with `.csv` holds CSV.
    /// - Throws: `malformed`, with the line: what is no object, no CSV, has no rows, a row that is
    ///   longer or shorter than the first.
    public init(_ text: String, file: String) throws(TandemError) {
        rows =
            try file.lowercased().hasSuffix(".csv")
            ? Self.csv(text, file: file) : Self.jsonl(text, file: file)
        if rows.isEmpty { throw TandemError(.malformed, "there are no rows", file: file) }
    }

    private static func jsonl(_ text: String, file: String) throws(TandemError) -> [Row] {
        var rows: [Row] = []
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated()
        where line.contains(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) {
            func wrong(_ message: String) -> TandemError {
                TandemError(
                    .malformed, message, file: file, line: index + 1,
                    remedy: "a row is an object on one line, {\"prompt\": \"…\", …}")
            }
            let line = index == 0 && line.first == "\u{FEFF}" ? line.dropFirst() : line
            let json: JSON
            do throws(TandemError) {
                json = try JSON.parse(String(line))
            } catch {
                throw wrong(error.message)
            }
            guard case .object(let object) = json else {
                throw wrong("the row is \(json.kind), not an object")
            }
            rows.append(Row(line: index + 1, columns: object))
        }
        return rows
    }

    private static func csv(_ text: String, file: String) throws(TandemError) -> [Row] {
        var parser = CSVParser(text, file: file)
        let all = try parser.rows()
        guard let header = all.first else { return [] }
        if let name = header.cells.first(where: { name in
            header.cells.count { $0.utf8.elementsEqual(name.utf8) } > 1
        }) {
            throw TandemError(
                .malformed, "two columns are called \"\(name)\"", file: file, line: header.line)
        }
        var rows: [Row] = []
        for row in all.dropFirst() {
            guard row.cells.count == header.cells.count else {
                throw TandemError(
                    .malformed,
                    "the row has \(row.cells.count) cells, the first row \(header.cells.count)",
                    file: file, line: row.line, remedy: "put cells with commas in quotes")
            }
            var columns = JSONObject()
            for (name, cell) in zip(header.cells, row.cells) { columns[name] = .string(cell) }
            rows.append(Row(line: row.line, columns: columns))
        }
        return rows
    }
}
