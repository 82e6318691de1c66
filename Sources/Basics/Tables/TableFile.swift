/// The rows of a JSONL file (an object a line), of a CSV file (its first row names the columns), or of a
/// text (each line is one). They are read one by one; JSONL when a row is asked for.
public struct TableFile: Sendable {
    private let file: String
    private let text: FixedBytes
    /// None of a CSV file.
    private let lines: Lines
    /// The lines of a JSONL file that are not empty; nil where all are rows.
    private let filled: [Int]?
    private let isText: Bool
    /// Of a CSV file.
    private let rows: [TableRows.Row]

    /// - Parameter file: its name; one that ends with `.csv` holds CSV.
    /// - Throws: `malformed`: no rows, or what is no CSV.
    public init(_ text: String, file: String) throws(TandemError) {
        if Self.isCSV(file) {
            try self.init(rows: try Self.csv(text, file: file), file: file)
        } else {
            try self.init(FixedBytes(text), file: file)
        }
    }

    /// A JSONL file is not copied; its texts are checked when their rows are read.
    /// - Throws: `notFound`, `inputOutput`; `malformed`: no rows, what is no CSV.
    public init(path: String) throws(TandemError) {
        if Self.isCSV(path) {
            try self.init(try TextFile.read(path), file: path)
        } else {
            try self.init(FixedBytes(try MappedFile(path: path)), file: path)
        }
    }

    /// A file of which each line is a row.
    /// - Throws: `notFound`, `inputOutput`; `malformed`: no rows, what is no UTF-8.
    public init(linesOf path: String) throws(TandemError) {
        let text = FixedBytes(try TextFile.read(path))
        try self.init(text, lines: Lines(of: text, from: 0), isText: true, file: path)
    }

    private init(_ text: FixedBytes, file: String) throws(TandemError) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let lines = Lines(of: text, from: text.bytes.starts(with: mark) ? mark.count : 0)
        func isEmpty(_ line: Int) -> Bool { text.bytes[lines[line]].allSatisfy { $0 <= 0x20 } }
        let hasEmpty = (0..<lines.count).contains(where: isEmpty)
        try self.init(
            text, lines: lines,
            filled: hasEmpty ? (0..<lines.count).filter { !isEmpty($0) } : nil, file: file)
    }

    private init(
        _ text: FixedBytes = FixedBytes(""), lines: Lines = Lines(), filled: [Int]? = nil,
        isText: Bool = false, rows: [TableRows.Row] = [], file: String
    ) throws(TandemError) {
        self.file = file
        self.text = text
        self.lines = lines
        self.filled = filled
        self.isText = isText
        self.rows = rows
        if count == 0 { throw TandemError(.malformed, "there are no rows", file: file) }
    }

    private static func isCSV(_ file: String) -> Bool { file.lowercased().hasSuffix(".csv") }

    public var count: Int { (filled?.count ?? lines.count) + rows.count }

    /// - Throws: `malformed`, with the line, for what is no object.
    public func row(_ index: Int) throws(TandemError) -> TableRows.Row {
        if lines.count == 0 { return rows[index] }
        let line = filled?[index] ?? index
        let json: JSON
        do throws(TandemError) {
            json = try JSON.parse(bytes(of: line))
        } catch {
            throw wrong(error.message, line)
        }
        guard case .object(let object) = json else { throw noObject(json, line) }
        return TableRows.Row(line: line + 1, columns: object)
    }

    /// Reads some columns of a row; a line of text is the first of them.
    /// - Throws: what ``row(_:)`` throws.
    public func read(_ index: Int, into cells: inout RowCells) throws(TandemError) {
        if lines.count == 0 { return cells.take(rows[index]) }
        let line = filled?[index] ?? index
        cells.begin(line: line + 1)
        if isText { return cells.take(bytes(of: line)) }
        let other: JSON?
        do throws(TandemError) {
            var parser = JSONParser(bytes: bytes(of: line), file: nil)
            other = try parser.row(into: &cells)
        } catch {
            throw wrong(error.message, line)
        }
        if let other { throw noObject(other, line) }
    }

    private func bytes(of line: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text.bytes[lines[line]])
    }

    private func noObject(_ json: JSON, _ line: Int) -> TandemError {
        wrong("the row is \(json.kind), not an object", line)
    }

    private func wrong(_ message: String, _ line: Int) -> TandemError {
        TandemError(
            .malformed, message, file: file, line: line + 1,
            remedy: "a row is an object on one line, {\"prompt\": \"…\", …}")
    }

    private static func csv(_ text: String, file: String) throws(TandemError) -> [TableRows.Row] {
        var parser = CSVParser(text, file: file)
        let all = try parser.rows()
        guard let header = all.first else { return [] }
        if let name = header.cells.first(where: { name in
            header.cells.count { $0.utf8.elementsEqual(name.utf8) } > 1
        }) {
            throw TandemError(
                .malformed, "two columns are called \"\(name)\"", file: file, line: header.line)
        }
        var rows: [TableRows.Row] = []
        for row in all.dropFirst() {
            guard row.cells.count == header.cells.count else {
                throw TandemError(
                    .malformed,
                    "the row has \(row.cells.count) cells, the first row \(header.cells.count)",
                    file: file, line: row.line, remedy: "put cells with commas in quotes")
            }
            var columns = JSONObject()
            for (name, cell) in zip(header.cells, row.cells) { columns[name] = .string(cell) }
            rows.append(TableRows.Row(line: row.line, columns: columns))
        }
        return rows
    }
}
