/// The parts of an answer that stand in quotation marks or back quotes, and lines behind `>`.
///
/// A mark that is not closed opens nothing. Marks around the whole answer are not counted: then the
/// answer speaks for itself.
struct QuotedParts {
    private var parts: [Range<String.Index>] = []
    private var current = 0

    private static let closing: [Character: Character] = [
        "\"": "\"", "“": "”", "„": "“", "«": "»", "`": "`", "‘": "’", "'": "'",
    ]

    /// - Complexity: O(*n*), *n* the characters of the text.
    init(_ text: String) {
        guard let firstWord = text.firstIndex(where: Self.isWordPart),
            let lastWord = text.lastIndex(where: Self.isWordPart)
        else { return }
        var index = text.startIndex
        // Where one mark is not closed up to the end, none behind it is.
        var unclosed: Set<Character> = []
        while index < text.endIndex {
            let mark = text[index]
            guard !unclosed.contains(mark), Self.opens(text, at: index),
                let part = Self.part(text, at: index)
            else {
                if Self.opens(text, at: index) { unclosed.insert(mark) }
                index = text.index(after: index)
                continue
            }
            if part.contains(firstWord), part.contains(lastWord) {
                index = text.index(after: index)
                continue
            }
            parts.append(part)
            index = part.upperBound
        }
    }

    /// Whether `index` stands in a part; asked in ascending order.
    /// - Complexity: O(1) on average.
    mutating func contain(_ index: String.Index) -> Bool {
        while current < parts.count, parts[current].upperBound <= index { current += 1 }
        return current < parts.count && parts[current].contains(index)
    }

    /// Whether a mark at `index` can begin a quoted part: an apostrophe within a word cannot.
    private static func opens(_ text: String, at index: String.Index) -> Bool {
        let before = index == text.startIndex ? nil : text[text.index(before: index)]
        if text[index] == ">" { return before?.isNewline ?? true }
        guard let close = closing[text[index]] else { return false }
        return !isApostrophe(close) || !(before.map(isWordPart) ?? false)
    }

    /// The quoted part that begins with the mark at `index`; nil where it is not closed.
    private static func part(_ text: String, at index: String.Index) -> Range<String.Index>? {
        let next = text.index(after: index)
        guard let close = closing[text[index]] else {
            return index..<(text[next...].firstIndex(where: \.isNewline) ?? text.endIndex)
        }
        let end = text[next...].indices.first { place in
            guard text[place] == close else { return false }
            let after = text.index(after: place)
            return !isApostrophe(close) || after == text.endIndex || !isWordPart(text[after])
        }
        return end.map { index..<text.index(after: $0) }
    }

    private static func isApostrophe(_ mark: Character) -> Bool { mark == "'" || mark == "’" }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
