import Basics

/// The line at fault, with carets under the word.
struct ErrorExcerpt {
    let lines: [String]

    /// - Parameter columns: the width that there is; a line that is longer is cut around the word.
    init?(_ error: TandemError, columns: Int) {
        guard let line = error.excerpt, let column = error.column, let word = error.culprit else {
            return nil
        }
        let width = max(20, columns - 4)
        let start = line.prefix(column - 1).drop(while: \.isWhitespace)
        var before = String(start.suffix(width / 2))
        while Self.columns(before) > width / 2 { before.removeFirst() }
        if before.count < start.count { before = "…" + before.dropFirst() }
        let room = width - Self.columns(before)
        let end = line.dropFirst(column - 1)
        var rest = String(end.prefix(room))
        while Self.columns(rest) > room { rest.removeLast() }
        if rest.count < end.count { rest = rest.dropLast() + "…" }
        let shown = String(rest.prefix(word.count))
        lines = [
            "  " + TerminalText.visibleOnOneLine(before + rest),
            "  " + String(repeating: " ", count: Self.columns(before))
                + String(repeating: "^", count: max(1, Self.columns(shown))),
        ]
    }

    private static func columns(_ text: String) -> Int {
        DisplayWidth.columns(of: TerminalText.visibleOnOneLine(text))
    }
}
