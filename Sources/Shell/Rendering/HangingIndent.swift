import Basics

/// Wraps a line of a list so that what does not fit stands under its second column.
enum HangingIndent {
    /// - Parameter columns: the terminal's width; nil leaves the line as it is.
    static func lines(_ line: String, columns: Int?) -> [String] {
        // Colours take no columns, which a wrapper cannot know.
        guard let columns, columns > 20, !line.utf8.contains(0x1B),
            DisplayWidth.columns(of: line) >= columns
        else { return [line] }
        let indent = min(secondColumn(line), columns / 2)
        let head = String(line.prefix(indent))
        let rest = WordWrapper.lines(
            of: String(line.dropFirst(indent)), width: columns - 1 - indent)
        let space = String(repeating: " ", count: indent)
        return rest.enumerated().map { ($0 == 0 ? head : space) + $1 }
    }

    /// Where text begins again after the first gap of two spaces; 0 where there is no gap.
    private static func secondColumn(_ line: String) -> Int {
        let characters = Array(line)
        guard let start = characters.firstIndex(where: { $0 != " " }) else { return 0 }
        var index = start
        while index + 1 < characters.count {
            if characters[index] == " ", characters[index + 1] == " " {
                return characters[index...].firstIndex { $0 != " " } ?? 0
            }
            index += 1
        }
        return start
    }
}
