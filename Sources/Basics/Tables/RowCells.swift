import Glibc

/// What some columns of a row hold. One is kept from row to row, so that its texts need no memory of
/// their own.
public struct RowCells: Sendable {
    public enum Cell: Sendable {
        /// Where a text stands, see ``withText(_:_:)``.
        case text(Range<Int>)
        /// Anything but a text.
        case value(JSON)
    }

    private let columns: [[UInt8]]
    /// By column; nil where the row has none.
    public private(set) var cells: [Cell?]
    /// Where the row begins in its file, from 1.
    public private(set) var line = 0
    /// Keys and texts.
    var bytes = TextBuffer()
    private var keys: [Range<Int>] = []

    public init(columns: [String]) {
        self.columns = columns.map { Array($0.utf8) }
        cells = columns.map { _ in nil }
    }

    var keyCount: Int { keys.count }

    /// Calls `body` with the UTF-8 of a text of this row.
    public func withText<Result>(
        _ place: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withBytes(place, body)
    }

    public func text(_ place: Range<Int>) -> String { bytes.text(place) }

    /// Forgets the row before.
    mutating func begin(line: Int) {
        self.line = line
        bytes.removeAll()
        keys.removeAll(keepingCapacity: true)
        for index in cells.indices { cells[index] = nil }
    }

    /// Keeps a member if a column is called like it; false where the row has one of that name.
    mutating func add(_ key: Range<Int>, _ cell: Cell) -> Bool {
        let isNew = bytes.withBytes(0..<bytes.count) { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            let name = UnsafeRawBufferPointer(rebasing: bytes[key])
            for index in columns.indices
            where columns[index].withUnsafeBytes({ Self.areEqual($0, name) }) {
                cells[index] = cell
            }
            return !keys.contains {
                Self.areEqual(UnsafeRawBufferPointer(rebasing: bytes[$0]), name)
            }
        }
        keys.append(key)
        return isNew
    }

    private static func areEqual(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer)
        -> Bool
    {
        first.count == second.count
            && (first.isEmpty
                || memcmp(
                    first.baseAddress.unsafelyUnwrapped, second.baseAddress.unsafelyUnwrapped,
                    first.count) == 0)
    }

    mutating func take(_ row: TableRows.Row) {
        line = row.line
        take(row.columns)
    }

    /// Takes the columns of an object that was read as a whole.
    mutating func take(_ object: JSONObject) {
        begin(line: line)
        for (index, column) in columns.enumerated() {
            guard let value = object[String(decoding: column, as: UTF8.self)] else { continue }
            guard case .string(let text) = value else {
                cells[index] = .value(value)
                continue
            }
            let start = bytes.count
            bytes.append(text)
            cells[index] = .text(start..<bytes.count)
        }
    }

    /// Takes a line of text, which may end with CR, for the first column.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        bytes.append(line.last == 0x0D ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line)
        cells[0] = .text(0..<bytes.count)
    }
}
