/// A run of words that is looked for in an answer.
///
/// Written as words between spaces: `a|b` is either of them, `…` up to three words, `^` before the
/// first the beginning of a sentence. Words are as ``AnswerWords`` has them: `can not`, not `can't`.
public struct WordPhrase: Sendable {
    private enum Part {
        case one(Set<String>)
        case gap
    }

    private let parts: [Part]
    private let isAtStart: Bool

    private static let gapLimit = 3

    public init(_ text: String) {
        isAtStart = text.hasPrefix("^ ")
        parts = text.split(separator: " ").dropFirst(isAtStart ? 1 : 0).map { word in
            word == "…" ? .gap : .one(Set(word.split(separator: "|").map(String.init)))
        }
    }

    /// Where the phrase that begins at `start` ends, within one sentence and outside quotation marks;
    /// nil where it does not stand there.
    public func end(in words: [AnswerWords.Word], at start: Int) -> Int? {
        if isAtStart, start > 0, words[start - 1].sentence == words[start].sentence { return nil }
        guard let end = Self.end(parts[...], in: words, at: start), end > start,
            words[start].sentence == words[end - 1].sentence
        else { return nil }
        return end
    }

    private static func end(
        _ parts: ArraySlice<Part>, in words: [AnswerWords.Word], at start: Int
    ) -> Int? {
        guard let first = parts.first else { return start }
        switch first {
        case .gap:
            for skipped in 0...gapLimit {
                if let end = end(parts.dropFirst(), in: words, at: start + skipped) { return end }
            }
            return nil
        case .one(let choices):
            guard start < words.count, !words[start].isQuoted, choices.contains(words[start].text)
            else { return nil }
            return end(parts.dropFirst(), in: words, at: start + 1)
        }
    }
}
