import Basics

/// How two texts differ, by words: `[-gone-]` and `{+new+}`, or red and green.
struct WordDifference {
    private enum Part {
        case same(String)
        case gone(String)
        case new(String)
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

    func lines(_ names: [String], usesColour: Bool) -> [String] {
        func gone(_ text: String) -> String {
            usesColour ? "\u{1B}[31m\(text)\u{1B}[0m" : "[-\(text)-]"
        }
        func new(_ text: String) -> String {
            usesColour ? "\u{1B}[32m\(text)\u{1B}[0m" : "{+\(text)+}"
        }
        let body = parts.map { part in
            switch part {
            case .same(let text): text
            case .gone(let text): gone(text)
            case .new(let text): new(text)
            }
        }
        return [gone(names[0]) + " " + new(names[1]), body.joined(separator: " ")]
    }
}
