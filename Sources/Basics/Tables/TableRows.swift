import Dispatch
import Glibc
import Synchronization

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

    /// Lines are read on all processors, a group at a time; the first that is wrong is named.
    private static func jsonl(_ text: String, file: String) throws(TandemError) -> [Row] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = Array(text.utf8)
        let lines = lines(bytes, from: bytes.starts(with: mark) ? mark.count : 0)
        let groups = (lines.count + groupSize - 1) / groupSize
        let results = Mutex([Result<[Row], TandemError>?](repeating: nil, count: groups))
        DispatchQueue.concurrentPerform(iterations: groups) { group in
            let range = group * groupSize..<min(lines.count, (group + 1) * groupSize)
            let found: Result<[Row], TandemError>
            do throws(TandemError) {
                var rows: [Row] = []
                rows.reserveCapacity(range.count)
                for index in range {
                    if let row = try row(bytes[lines[index]], index + 1, file: file) {
                        rows.append(row)
                    }
                }
                found = .success(rows)
            } catch {
                found = .failure(error)
            }
            results.withLock { $0[group] = found }
        }
        var rows: [Row] = []
        rows.reserveCapacity(lines.count)
        for result in results.withLock({ $0 }) { rows += try result?.get() ?? [] }
        return rows
    }

    private static let groupSize = 256

    private static func lines(_ bytes: [UInt8], from first: Int) -> [Range<Int>] {
        bytes.withUnsafeBytes { all in
            var lines: [Range<Int>] = []
            var start = first
            while start < all.count, let base = all.baseAddress {
                let end = memchr(base + start, 0x0A, all.count - start).map {
                    UnsafeRawPointer($0) - base
                }
                lines.append(start..<(end ?? all.count))
                start = (end ?? all.count) + 1
            }
            return lines
        }
    }

    /// Nil for an empty line.
    private static func row(_ bytes: ArraySlice<UInt8>, _ line: Int, file: String)
        throws(TandemError) -> Row?
    {
        if bytes.allSatisfy({ $0 <= 0x20 }) { return nil }
        func wrong(_ message: String) -> TandemError {
            TandemError(
                .malformed, message, file: file, line: line,
                remedy: "a row is an object on one line, {\"prompt\": \"…\", …}")
        }
        let json: JSON
        do throws(TandemError) {
            json = try JSON.parse(bytes)
        } catch {
            throw wrong(error.message)
        }
        guard case .object(let object) = json else {
            throw wrong("the row is \(json.kind), not an object")
        }
        return Row(line: line, columns: object)
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
