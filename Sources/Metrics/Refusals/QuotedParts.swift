/// The parts of an answer that stand in quotation marks or back quotes, and lines behind `>`.
///
/// A mark that is not closed opens nothing. Marks around the whole answer are not counted: then the
/// answer speaks for itself.
struct QuotedParts {
    private var parts: [Range<String.Index>] = []

    private static let closing: [Character: Character] = [
        "\"": "\"", "“": "”", "„": "“", "«": "»", "`": "`", "‘": "’", "'": "'",
    ]

    /// - Complexity: O(*n*), *n* the characters of the text.
    init(_ text: String) {
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
            if Self.isWhole(part, of: text) {
                index = text.index(after: index)
                continue
            }
            parts.append(part)
            index = part.upperBound
        }
    }

    func contain(_ index: String.Index) -> Bool { parts.contains { $0.contains(index) } }

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

    private static func isWhole(_ part: Range<String.Index>, of text: String) -> Bool {
        !text[..<part.lowerBound].contains(where: isWordPart)
            && !text[part.upperBound...].contains(where: isWordPart)
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
