/// Wraps a growing text by words into lines of a given width.
///
/// A column of a streaming answer appends to it chunk by chunk and draws two things: the lines that
/// are finished, which never change again, and ``currentLine``, which may (a word that grows too
/// long for it moves to the next line). The text should have gone through `TerminalText` before.
///
/// Lines break at spaces, between East Asian wide characters, and within words that are longer than
/// a line. Indentation stays; spaces at a break go; tabs become spaces.
public struct WordWrapper: Sendable {
    /// The columns of a line.
    public let width: Int
    /// The columns between two tab stops.
    public let tabWidth: Int

    /// The characters of the current line, as they came.
    private var cells: [Cell] = []

    /// - Parameters:
    ///   - width: the columns of a line; less than 1 counts as 1.
    ///   - tabWidth: the columns between two tab stops.
    public init(width: Int, tabWidth: Int = 4) {
        self.width = max(1, width)
        self.tabWidth = max(1, tabWidth)
    }

    /// The lines of a complete text; one empty line for an empty text.
    ///
    /// A line feed at the very end does not begin another line.
    public static func lines(of text: String, width: Int, tabWidth: Int = 4) -> [String] {
        var wrapper = WordWrapper(width: width, tabWidth: tabWidth)
        var lines = wrapper.append(text)
        lines += wrapper.finish()
        return lines.isEmpty ? [""] : lines
    }

    /// Appends a chunk and returns the lines that it finished, without line feeds.
    ///
    /// - Complexity: O(*n* + *w*), *n* the characters of the chunk, *w* the width.
    public mutating func append(_ chunk: String) -> [String] {
        guard !chunk.isEmpty else { return [] }
        // The chunk may begin with a scalar that belongs to the last character.
        let last = cells.popLast().map { String($0.character) } ?? ""
        for character in last + chunk { cells.append(Cell(character)) }
        var lines: [String] = []
        var start = 0
        while let (line, end) = finishedLine(from: start) {
            lines.append(line)
            start = end
        }
        cells.removeFirst(start)
        dropHangingSpaces()
        return lines
    }

    /// The line that is not finished yet, without the spaces that hang over its end.
    public var currentLine: String { LineLayout(cells[...], width, tabWidth).text }

    /// The columns of ``currentLine``.
    public var currentColumns: Int { LineLayout(cells[...], width, tabWidth).columns }

    /// Ends the text: the current line, where there is one, as the last.
    public mutating func finish() -> [String] {
        guard !cells.isEmpty else { return [] }
        let line = currentLine
        cells = []
        return [Self.trimmed(line)]
    }

    /// The first line from `start` on, where its end is certain, and the start of the next.
    private func finishedLine(from start: Int) -> (line: String, end: Int)? {
        let layout = LineLayout(cells[start...], width, tabWidth)
        return layout.end.map { (Self.trimmed(layout.text), $0) }
    }

    /// Spaces beyond the width are never shown; without this a long run of them would be looked at
    /// again and again.
    private mutating func dropHangingSpaces() {
        while cells.count > 2 * width, let last = cells.last, last.isSpace,
            cells[cells.count - 2].isSpace
        {
            cells.removeLast()
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
