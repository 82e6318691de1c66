import Glibc

/// The rows of a JSONL file (an object a line) or of a CSV file (its first row names the columns), read
/// one by one: a JSONL file's when they are asked for.
public struct TableFile: Sendable {
    private enum Source {
        case lines([UInt8], [(number: Int, bytes: Range<Int>)])
        case rows([TableRows.Row])
    }

    private let source: Source
    private let file: String

    /// - Parameter file: its name; one that ends with `.csv` holds CSV.
    /// - Throws: `malformed`: no rows, or what is no CSV.
    public init(_ text: String, file: String) throws(TandemError) {
        self.file = file
        source =
            file.lowercased().hasSuffix(".csv")
            ? .rows(try Self.csv(text, file: file)) : Self.lines(Array(text.utf8))
        if count == 0 { throw TandemError(.malformed, "there are no rows", file: file) }
    }

    public var count: Int {
        switch source {
        case .lines(_, let lines): lines.count
        case .rows(let rows): rows.count
        }
    }

    /// - Throws: `malformed`, with the line, for what is no object.
    public func row(_ index: Int) throws(TandemError) -> TableRows.Row {
        switch source {
        case .rows(let rows): return rows[index]
        case .lines(let bytes, let lines):
            let line = lines[index]
            func wrong(_ message: String) -> TandemError {
                TandemError(
                    .malformed, message, file: file, line: line.number,
                    remedy: "a row is an object on one line, {\"prompt\": \"…\", …}")
            }
            let json: JSON
            do throws(TandemError) {
                json = try JSON.parse(bytes[line.bytes])
            } catch {
                throw wrong(error.message)
            }
            guard case .object(let object) = json else {
                throw wrong("the row is \(json.kind), not an object")
            }
            return TableRows.Row(line: line.number, columns: object)
        }
    }

    /// The lines that are not empty.
    private static func lines(_ bytes: [UInt8]) -> Source {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var lines: [(number: Int, bytes: Range<Int>)] = []
        bytes.withUnsafeBytes { all in
            var (start, number) = (all.starts(with: mark) ? mark.count : 0, 0)
            while start < all.count, let base = all.baseAddress {
                let feed = memchr(base + start, 0x0A, all.count - start)
                let end = feed.map { UnsafeRawPointer($0) - base } ?? all.count
                number += 1
                if !all[start..<end].allSatisfy({ $0 <= 0x20 }) {
                    lines.append((number, start..<end))
                }
                start = end + 1
            }
        }
        return .lines(bytes, lines)
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
