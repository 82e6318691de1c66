import Basics

/// How two texts differ, by words: `[-gone-]` and `{+new+}`, or red and green.
struct WordDifference {
    private enum Part {
        case same(String)
        case gone(String)
        case new(String)

        var text: String {
            switch self {
            case .same(let text), .gone(let text), .new(let text): text
            }
        }

        /// Nil of a word that both texts have.
        var mark: Character? {
            switch self {
            case .same: nil
            case .gone: "-"
            case .new: "+"
            }
        }
    }
    private var parts: [Part] = []

    /// - Complexity: O(*n* · *m*), the words of the two.
    init(_ first: String, _ second: String) {
        let (old, new) = (Self.words(first), Self.words(second))
        var table = [[Int32]](
            repeating: [Int32](repeating: 0, count: new.count + 1), count: old.count + 1)
        for row in old.indices.reversed() {
            for column in new.indices.reversed() {
                table[row][column] =
                    old[row] == new[column]
                    ? table[row + 1][column + 1] + 1
                    : max(table[row + 1][column], table[row][column + 1])
            }
        }
        var (row, column) = (0, 0)
        while row < old.count || column < new.count {
            if row < old.count, column < new.count, old[row] == new[column] {
                parts.append(.same(old[row]))
                (row, column) = (row + 1, column + 1)
            } else if column == new.count
                || (row < old.count && table[row + 1][column] >= table[row][column + 1])
            {
                parts.append(.gone(old[row]))
                row += 1
            } else {
                parts.append(.new(new[column]))
                column += 1
            }
        }
    }

    private static func words(_ text: String) -> [String] {
        TerminalText.visible(text).split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// - Parameter columns: the terminal's width; nil wraps nothing.
    func lines(_ names: [String], usesColour: Bool, columns: Int?) -> [String] {
        var lines = [
            [
                shown(.gone(names[0]), usesColour, true, true).text,
                shown(.new(names[1]), usesColour, true, true).text,
            ]
        ]
        var room = 0
        for (index, part) in parts.enumerated() {
            let word = shown(
                part, usesColour, index == 0 || parts[index - 1].mark != part.mark,
                index == parts.count - 1 || parts[index + 1].mark != part.mark)
            if lines.count == 1 || room < word.columns + 1 {
                lines.append([])
                room = columns.map { max(1, $0 - 1) } ?? .max
            } else {
                room -= 1
            }
            lines[lines.count - 1].append(word.text)
            room -= word.columns
        }
        return lines.map { $0.joined(separator: " ") }
    }

    /// A word in its colour; without colours there are marks before the first of a run and behind the
    /// last.
    private func shown(
        _ part: Part, _ usesColour: Bool, _ isFirst: Bool, _ isLast: Bool
    ) -> (text: String, columns: Int) {
        let width = DisplayWidth.columns(of: part.text)
        guard let mark = part.mark else { return (part.text, width) }
        if usesColour {
            return ("\u{1B}[\(mark == "-" ? 31 : 32)m\(part.text)\u{1B}[0m", width)
        }
        let (open, close) = mark == "-" ? ("[-", "-]") : ("{+", "+}")
        return (
            (isFirst ? open : "") + part.text + (isLast ? close : ""),
            width + (isFirst ? 2 : 0) + (isLast ? 2 : 0)
        )
    }
}
