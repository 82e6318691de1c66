import Basics

/// What a terminal shows: the part of a VT100 (with UTF-8) that tests need to read the screen.
///
/// Cursor moves, erasing, inserting and deleting, scrolling, deferred wrapping and wide characters
/// work; colours and modes are read and ignored, though modes are remembered in ``modes``.
public struct TerminalScreen {
    public private(set) var columns: Int
    public private(set) var rows: Int
    /// The cursor, counted from 0.
    public internal(set) var row = 0
    public internal(set) var column = 0
    /// Private modes that are on, such as 2004 (bracketed paste) or 25 (the cursor is visible).
    public internal(set) var modes: Set<Int> = [25]
    /// Rows that scrolled off the top.
    public internal(set) var scrolledLines: [String] = []
    /// How often the bell rang.
    public internal(set) var bells = 0

    /// A cell holds a character, or nothing where it is the right half of a wide one.
    var cells: [[String]]
    var wrapIsPending = false
    var savedCursor = (row: 0, column: 0)
    var parser = ParserState.ground
    var pendingBytes: [UInt8] = []

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Self.blank(columns, rows)
    }

    /// The rows without spaces at their ends.
    public var lines: [String] { cells.map(Self.text) }

    /// All rows, without the empty ones at the end.
    public var text: String {
        var lines = lines
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// All that was ever shown and scrolled away, and the screen.
    public var fullText: String { (scrolledLines + [text]).joined(separator: "\n") }

    /// The row of the cursor.
    public var cursorLine: String { lines[row] }

    /// Changes the size: rows are cut or filled, not reflowed.
    public mutating func resize(columns: Int, rows: Int) {
        var resized = Self.blank(columns, rows)
        let dropped = max(0, row - rows + 1)
        for index in 0..<min(rows, self.rows - dropped) {
            for place in 0..<min(columns, self.columns) {
                resized[index][place] = cells[index + dropped][place]
            }
        }
        cells = resized
        row -= dropped
        column = min(column, columns - 1)
        (self.columns, self.rows) = (columns, rows)
    }

    static func text(_ row: [String]) -> String {
        var text = row.joined()[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    static func blank(_ columns: Int, _ rows: Int) -> [[String]] {
        Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }
}
