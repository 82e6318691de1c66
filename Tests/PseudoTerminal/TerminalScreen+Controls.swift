extension TerminalScreen {
    /// Performs a control sequence: `ESC [ parameters final`.
    mutating func perform(_ final: UInt8, _ parameters: [UInt8]) {
        let isPrivate = parameters.first == UInt8(ascii: "?")
        let numbers = parameters.drop { $0 == UInt8(ascii: "?") }
            .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) }
        let first = numbers.first ?? nil
        let count = max(1, first ?? 1)
        switch Character(Unicode.Scalar(final)) {
        case "A": move(row: row - count, column: column)
        case "B", "e": move(row: row + count, column: column)
        case "C", "a": move(row: row, column: column + count)
        case "D": move(row: row, column: column - count)
        case "E": move(row: row + count, column: 0)
        case "F": move(row: row - count, column: 0)
        case "G", "`": move(row: row, column: count - 1)
        case "d": move(row: count - 1, column: column)
        case "H", "f":
            let second = numbers.count > 1 ? numbers[1] ?? 1 : 1
            move(row: count - 1, column: max(1, second) - 1)
        case "J": eraseDisplay(first ?? 0)
        case "K": eraseLine(first ?? 0)
        case "L": insertRows(count)
        case "M": deleteRows(count)
        case "@": insertCells(count)
        case "P": deleteCells(count)
        case "X": erase(column..<column + count)
        case "s": savedCursor = (row, column)
        case "u": move(row: savedCursor.row, column: savedCursor.column)
        case "h" where isPrivate: modes.formUnion(numbers.compactMap(\.self))
        case "l" where isPrivate: modes.subtract(numbers.compactMap(\.self))
        default: break
        }
    }

    private mutating func eraseDisplay(_ part: Int) {
        switch part {
        case 0:
            erase(column..<columns)
            eraseRows(row + 1..<rows)
        case 1:
            erase(0..<column + 1)
            eraseRows(0..<row)
        default: eraseRows(0..<rows)
        }
    }

    private mutating func eraseLine(_ part: Int) {
        switch part {
        case 0: erase(column..<columns)
        case 1: erase(0..<column + 1)
        default: erase(0..<columns)
        }
    }
}
