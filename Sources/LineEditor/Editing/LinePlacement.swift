import Basics

/// Where libedit draws a line on the terminal.
package enum LinePlacement {
    /// The row of the cursor after `text`, counted from the row of the prompt.
    package static func row(after text: String, startingAt start: Int, width: Int) -> Int {
        let width = max(1, width)
        var row = start / width
        var column = start % width
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                row += 1
                column = 0
                continue
            }
            let columns = Self.columns(of: scalar, at: column)
            if column + columns > width {
                row += 1
                column = 0
            }
            column += columns
        }
        return column >= width ? row + 1 : row
    }

    /// libedit shows controls as `^X` and tabs up to the next multiple of eight.
    private static func columns(of scalar: Unicode.Scalar, at column: Int) -> Int {
        switch scalar.value {
        case 0x09: 8 - column % 8
        case 0..<0x20, 0x7F: 2
        default: DisplayWidth.columns(of: scalar)
        }
    }
}
