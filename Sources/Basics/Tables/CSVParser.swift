/// Reads comma-separated values (RFC 4180): cells in quotes keep commas and line breaks, a doubled
/// quote is one. Lines end with LF or CRLF; a byte order mark at the start is skipped.
struct CSVParser {
    struct Row {
        /// Where it begins, from 1.
        let line: Int
        var cells: [String]
    }

    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1

    init(_ text: String, file: String) {
        bytes = Array(text.utf8)
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// All rows but empty lines.
    /// - Throws: `malformed`, with the line, for a quote that is not closed and one inside a cell.
    mutating func rows() throws(TandemError) -> [Row] {
        var rows: [Row] = []
        while position < bytes.count {
            if !endLine() {
                var row = Row(line: line, cells: [])
                repeat { row.cells.append(try cell()) } while skip(UInt8(ascii: ","))
                rows.append(row)
                _ = endLine()
            }
        }
        return rows
    }

    private mutating func cell() throws(TandemError) -> String {
        if skip(UInt8(ascii: "\"")) { return try quoted() }
        let start = position
        while position < bytes.count, !isEnd(position) {
            if bytes[position] == UInt8(ascii: "\"") {
                throw wrong("a quote inside a cell that is not in quotes", at: line)
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// The cell whose first quote was read.
    private mutating func quoted() throws(TandemError) -> String {
        let first = line
        var cell: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A { line += 1 }
            if byte != UInt8(ascii: "\"") || skip(UInt8(ascii: "\"")) {
                cell.append(byte)
                continue
            }
            guard position == bytes.count || isEnd(position) else {
                throw wrong("text after the closing quote of a cell", at: line)
            }
            return String(decoding: cell, as: UTF8.self)
        }
        throw wrong("the quote of this row is not closed", at: first)
    }

    /// Whether a cell ends here: a comma, LF, or CR before LF or the end.
    private func isEnd(_ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: ","), 0x0A: true
        case 0x0D: index + 1 == bytes.count || bytes[index + 1] == 0x0A
        default: false
        }
    }

    /// Steps over the end of a line, where there is one.
    private mutating func endLine() -> Bool {
        guard bytes[position...].first != UInt8(ascii: ","), position < bytes.count,
            isEnd(position)
        else { return false }
        _ = skip(0x0D)
        if skip(0x0A) { line += 1 }
        return true
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func wrong(_ message: String, at line: Int) -> TandemError {
        TandemError(
            .malformed, message, file: file, line: line,
            remedy: "put cells with quotes, commas or line breaks in quotes, and double the quotes")
    }
}
