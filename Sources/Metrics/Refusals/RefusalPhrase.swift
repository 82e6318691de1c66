/// A run of words by which an answer refuses.
///
/// Written as words between spaces: `a|b` is either of them, `…` up to three words, `^` before the
/// first the beginning of a sentence.
struct RefusalPhrase {
    enum Word: Equatable {
        case one(Set<String>)
        case gap
    }

    let kind: Refusal.Kind
    let words: [Word]
    let isAtStart: Bool
    /// Words behind it with which it says something else: `can not help` `but`.
    let exceptions: [[Word]]

    static let gapLimit = 3

    init(_ kind: Refusal.Kind, _ text: String, unless exceptions: String...) {
        self.kind = kind
        isAtStart = text.hasPrefix("^ ")
        words = Self.words(isAtStart ? String(text.dropFirst(2)) : text)
        self.exceptions = exceptions.map(Self.words)
    }

    private static func words(_ text: String) -> [Word] {
        text.split(separator: " ").map { word in
            word == "…" ? .gap : .one(Set(word.split(separator: "|").map(String.init)))
        }
    }

    /// Where the phrase that begins at `start` ends, within one sentence and outside quotation marks;
    /// nil where it does not stand there.
    func end(in words: [RefusalWords.Word], at start: Int) -> Int? {
        if isAtStart, start > 0, words[start - 1].sentence == words[start].sentence { return nil }
        guard let end = Self.end(self.words[...], in: words, at: start) else { return nil }
        let isOther = exceptions.contains { Self.end($0[...], in: words, at: end) != nil }
        return isOther || words[start].sentence != words[end - 1].sentence ? nil : end
    }

    private static func end(
        _ pattern: ArraySlice<Word>, in words: [RefusalWords.Word], at start: Int
    ) -> Int? {
        guard let first = pattern.first else { return start }
        switch first {
        case .gap:
            for skipped in 0...gapLimit {
                if let end = end(pattern.dropFirst(), in: words, at: start + skipped) { return end }
            }
            return nil
        case .one(let choices):
            guard start < words.count, !words[start].isQuoted, choices.contains(words[start].text)
            else { return nil }
            return end(pattern.dropFirst(), in: words, at: start + 1)
        }
    }
}
