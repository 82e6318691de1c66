/// The words of an answer, for rules that look for phrases in it.
///
/// Lower-case, with contractions written out (`can't` and `cannot` become `can not`) and without
/// words that only colour (`really`, `unfortunately`). A number is one word, without its thousands
/// separators: `1,000` is `1000`, `12:30` and `3.14` stay whole. What stands in quotation marks or
/// code, or behind `>`, is what somebody else says and is marked.
public struct AnswerWords: Sendable {
    public struct Word: Sendable {
        public let text: String
        /// Where it stands in the answer; the parts of a contraction stand in one place.
        public let range: Range<String.Index>
        /// Sentences of the answer, counted from 0.
        public let sentence: Int
        /// Parts of sentences between commas, semicolons, colons and dashes, counted from 0.
        public let clause: Int
        public let isQuoted: Bool
    }

    public private(set) var words: [Word] = []
    /// The sentences that end with a question mark.
    public private(set) var questions: Set<Int> = []
    private var (sentence, clause) = (0, 0)

    private static let colouring: Set<String> = [
        "really", "actually", "honestly", "currently", "personally", "simply", "just", "also",
        "unfortunately", "sadly", "still", "yet", "truly", "accurately", "confidently", "possibly",
        "independently", "fully", "reliably", "definitively", "directly",
    ]

    /// - Complexity: O(*n*), *n* the characters of the answer.
    public init(_ answer: String) {
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
        let spelled = Self.withoutSeparators(
            part.lowercased().replacing("\u{2019}", with: "'"))
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
            if answer[index] == "?", words.last?.sentence == sentence { questions.insert(sentence) }
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

    /// An apostrophe belongs to a word that goes on behind it, a separator to a number that does.
    private static func continuesWord(_ text: String, at index: String.Index) -> Bool {
        if isWordPart(text[index]) { return true }
        let next = text.index(after: index)
        guard next < text.endIndex, index > text.startIndex else { return false }
        switch text[index] {
        case "'", "\u{2019}": return text[next].isLetter
        case ".", ",", ":", "/":
            return text[next].isNumber && text[text.index(before: index)].isNumber
        default: return false
        }
    }

    /// `1,000,000` as `1000000`.
    private static func withoutSeparators(_ word: String) -> String {
        let parts = word.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1, (1...3).contains(parts[0].count),
            parts.dropFirst().allSatisfy({ $0.prefix { $0.isNumber }.count == 3 })
        else { return word }
        return parts.joined()
    }
}
