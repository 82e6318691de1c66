/// The words of an answer as refusals are read in them.
///
/// Lower-case, with contractions written out (`can't` and `cannot` become `can not`) and without
/// words that only colour (`really`, `unfortunately`). What stands in quotation marks or code, or
/// behind `>`, is what somebody else says and is marked.
struct RefusalWords {
    struct Word {
        let text: String
        /// Where it stands in the answer; the parts of a contraction stand in one place.
        let range: Range<String.Index>
        /// Sentences of the answer, counted from 0.
        let sentence: Int
        /// Parts of sentences between commas, semicolons, colons and dashes, counted from 0.
        let clause: Int
        let isQuoted: Bool
    }

    private(set) var words: [Word] = []
    private var (sentence, clause) = (0, 0)

    private static let colouring: Set<String> = [
        "really", "actually", "honestly", "currently", "personally", "simply", "just", "also",
        "unfortunately", "sadly", "still", "yet", "truly", "accurately", "confidently", "possibly",
        "independently", "fully", "reliably", "definitively", "directly",
    ]

    /// - Complexity: O(*n*), *n* the characters of the answer.
    init(_ answer: String) {
        var quotes = QuotedParts(answer)
        var index = answer.startIndex
        while index < answer.endIndex {
            if Self.isWordPart(answer[index]) {
                let end =
                    answer[index...].indices.first { !Self.continuesWord(answer, at: $0) }
                    ?? answer.endIndex
                append(answer[index..<end], isQuoted: quotes.contain(index))
                index = end
            } else {
                endParts(answer, at: index)
                index = answer.index(after: index)
            }
        }
    }

    private mutating func append(_ part: Substring, isQuoted: Bool) {
        let spelled = part.lowercased().replacing("\u{2019}", with: "'")
        for text in Contraction.words(of: spelled) where !Self.colouring.contains(text) {
            words.append(
                Word(
                    text: text, range: part.startIndex..<part.endIndex, sentence: sentence,
                    clause: clause, isQuoted: isQuoted))
        }
    }

    /// Sentences end with `.`, `!`, `?` before a space or the end, and with a line.
    private mutating func endParts(_ answer: String, at index: String.Index) {
        let next = answer.index(after: index)
        switch answer[index] {
        case ".", "!", "?", "…":
            if next < answer.endIndex, !answer[next].isWhitespace, !"\"”’')*".contains(answer[next])
            {
                return
            }
            endSentence()
        case "\n", "\r\n": endSentence()
        case ",", ";", ":", "–", "—", "(", ")": clause += 1
        default: break
        }
    }

    private mutating func endSentence() {
        guard let last = words.last, last.sentence == sentence else { return }
        sentence += 1
        clause += 1
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }

    /// An apostrophe belongs to a word that goes on behind it.
    private static func continuesWord(_ text: String, at index: String.Index) -> Bool {
        if isWordPart(text[index]) { return true }
        let next = text.index(after: index)
        return (text[index] == "'" || text[index] == "\u{2019}") && next < text.endIndex
            && text[next].isLetter
    }
}
