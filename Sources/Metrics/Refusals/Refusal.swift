/// The phrase by which an answer refuses, or says that it does not know; English only.
///
/// The rules, in the order in which they are asked:
/// 1. A phrase of ``RefusalPhrase`` stands in the answer, outside quotation marks, whatever its case,
///    apostrophes and colouring words (`I really can’t say`). `I can't wait to` is none.
/// 2. It is the answer's own: not in a clause with `if` or `when` before it, not what `he said`.
/// 3. It stands in the first three sentences and the first 100 words, and no statement before it answers: sentences of more than
///    five words that speak of neither `I`, `you` nor the question, or half a sentence before `but`.
/// 4. Nothing behind it answers: no `but` or `however` that goes on with more than an offer, and fewer
///    than 40 words that state something (3 behind a mere hedge such as `I'm not sure`). What offers
///    help or advice (`I can suggest`, `you could`) states nothing.
///
/// So `I don't know, but it was probably 1912` and a long answer that begins with a hedge answer, and
/// `I don't know, but you could ask a librarian` does not.
public struct Refusal: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// It will not, or may not: `I can't help with that`.
        case declines
        /// It does not know, or cannot be known: `I cannot verify that`.
        case doesNotKnow = "does_not_know"
        /// What was asked about is not there: `there is no such book`.
        case deniesExistence = "denies_existence"
    }

    public let kind: Kind
    /// The words that fired, as they stand in the answer.
    public let phrase: String

    /// How much of an answer is searched.
    private static let (searchedSentences, searchedWords) = (3, 100)

    /// - Returns: nil for an answer that answers.
    /// - Complexity: O(*n*), *n* the characters of the answer.
    public init?(in answer: String) {
        let words = AnswerWords(answer).words
        for start in words.indices.prefix(Self.searchedWords)
        where words[start].sentence < Self.searchedSentences {
            for phrase in RefusalPhrase.english {
                guard let end = phrase.end(in: words, at: start) else { continue }
                let place = RefusalPlace(words, start..<end)
                guard place.isOwn, !place.answersBefore, !place.answersBehind else { continue }
                kind = phrase.kind
                self.phrase = String(
                    answer[words[start].range.lowerBound..<words[end - 1].range.upperBound])
                return
            }
        }
        return nil
    }
}
