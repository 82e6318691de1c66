import Basics

extension TerminalScreen {
    /// Puts a character at the cursor; combining marks join the character before it.
    mutating func draw(_ scalar: Unicode.Scalar) {
        let width = DisplayWidth.columns(of: scalar)
        if width == 0 {
            combine(scalar)
            return
        }
        if wrapIsPending || column + width > columns {
            column = 0
            lineFeed()
        }
        clearHalves(from: column, to: column + width)
        cells[row][column] = String(Character(scalar))
        if width == 2 { cells[row][column + 1] = "" }
        column += width
        wrapIsPending = column >= columns
        if wrapIsPending { column = columns - 1 }
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        var place = wrapIsPending ? column : column - 1
        while place > 0, cells[row][place].isEmpty { place -= 1 }
        if place >= 0 { cells[row][place].unicodeScalars.append(scalar) }
    }

    /// A wide character that loses one half loses the other.
    private mutating func clearHalves(from start: Int, to end: Int) {
        if start > 0, start < columns, cells[row][start].isEmpty { cells[row][start - 1] = " " }
        if end < columns, cells[row][end].isEmpty { cells[row][end] = " " }
    }

    mutating func lineFeed() {
        wrapIsPending = false
        if row < rows - 1 {
            row += 1
        } else {
            scrolledLines.append(Self.text(cells[0]))
            cells.removeFirst()
            cells.append(Array(repeating: " ", count: columns))
        }
    }

    mutating func reverseLineFeed() {
        wrapIsPending = false
        if row > 0 {
            row -= 1
        } else {
            cells.removeLast()
            cells.insert(Array(repeating: " ", count: columns), at: 0)
        }
    }

    mutating func move(row: Int, column: Int) {
        wrapIsPending = false
        self.row = min(max(0, row), rows - 1)
        self.column = min(max(0, column), columns - 1)
    }

    /// Erases columns of the cursor's row.
    mutating func erase(_ range: Range<Int>) {
        for place in range.clamped(to: 0..<columns) { cells[row][place] = " " }
        clearHalves(from: range.lowerBound, to: range.upperBound)
    }

    mutating func eraseRows(_ range: Range<Int>) {
        for index in range.clamped(to: 0..<rows) {
            cells[index] = Array(repeating: " ", count: columns)
        }
    }

    mutating func insertCells(_ count: Int) {
        let count = min(count, columns - column)
        cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
        cells[row].removeLast(count)
    }

    mutating func deleteCells(_ count: Int) {
        let count = min(count, columns - column)
        cells[row].removeSubrange(column..<column + count)
        cells[row] += Array(repeating: " ", count: count)
    }

    mutating func insertRows(_ count: Int) {
        for _ in 0..<min(count, rows - row) {
            cells.removeLast()
            cells.insert(Array(repeating: " ", count: columns), at: row)
        }
    }

    mutating func deleteRows(_ count: Int) {
        for _ in 0..<min(count, rows - row) {
            cells.remove(at: row)
            cells.append(Array(repeating: " ", count: columns))
        }
    }
}
