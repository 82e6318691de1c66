import Metrics

/// What an answer states in the place of the truth, where the question leaves nothing else to mean.
///
/// Three cases that words alone decide; an answer that says more, or less exactly, is left undecided:
/// - The truth is `yes` or `no`, and the answer begins with the other.
/// - The question ends in choices (`…, A or B?`, `…: A, B, C?`), the truth is one of them, and the first
///   sentence names one other in the question's own words.
/// - The truth is a number, and the first sentence has one number that is not of the question, not
///   about, not a bound, and of what is asked for.
struct OtherValue {
    private let truths: [[String]]
    private let question: AnswerWords
    private let asked: Set<String>
    private let choices: [String]

    /// - Parameter truths: forms of what is true.
    init(prompt: String, truths: [String]) {
        self.truths = truths.map { AnswerWords($0).words.map(\.text) }
        question = AnswerWords(prompt)
        asked = Set(question.words.map(\.text))
        choices = Self.choices(of: prompt)
    }

    /// The words that state it.
    func stated(in answer: FormFinder) -> String? {
        guard
            let sentence = answer.words.first(where: {
                !answer.questions.contains($0.sentence)
            })?.sentence
        else { return nil }
        let range = answer.words.indices.filter { answer.words[$0].sentence == sentence }
        let words = range[0]..<range[range.count - 1] + 1
        return choice(answer, words) ?? number(answer, words)
    }

    /// `yes` in the place of `no`, or the reverse.
    func reversed(in answer: FormFinder) -> String? {
        let opposite = ["yes": "no", "no": "yes"]
        guard let first = answer.words.first, let other = opposite[first.text],
            truths.contains([other])
        else { return nil }
        return answer.text(0..<1)
    }

    // MARK: Choices

    private static let plainWords: Set<String> = [
        "the", "a", "an", "it", "is", "was", "are", "were", "this", "that", "answer", "to",
        "question", "indeed", "of", "in", "correct", "right", "one",
    ]

    private func choice(_ answer: FormFinder, _ sentence: Range<Int>) -> String? {
        let others = choices.filter { !truths.contains(AnswerWords($0).words.map(\.text)) }
        guard others.count < choices.count, !others.isEmpty else { return nil }
        let mentions = answer.mentions(of: others).filter {
            sentence.contains($0.range.lowerBound) && $0.isAsserted
        }
        guard mentions.count == 1, let mention = mentions.first else { return nil }
        let rest = sentence.filter { !mention.range.contains($0) }.map { answer.words[$0].text }
        let denies = !asked.isDisjoint(with: ["not", "no", "neither", "nor"])
        let isPlain = rest.allSatisfy { Self.plainWords.contains($0) }
        let isOfQuestion = rest.allSatisfy { Self.plainWords.contains($0) || asked.contains($0) }
        return isPlain || isOfQuestion && !denies ? mention.text : nil
    }

    /// What stands behind the last colon, or the first comma, of a question, between commas and `or`.
    private static func choices(of prompt: String) -> [String] {
        guard let end = prompt.lastIndex(of: "?") else { return [] }
        let text = prompt[..<end].split(separator: "\n").last ?? ""
        guard let mark = text.lastIndex(of: ":") ?? text.firstIndex(of: ",") else { return [] }
        let parts = text[text.index(after: mark)...].replacing(" or ", with: ",")
            .split(separator: ",").map { TrapParser.trimmed(String($0)) }.filter { !$0.isEmpty }
        return parts.count > 1 ? parts : []
    }

    // MARK: Numbers

    private static let inexact: Set<String> = [
        "about", "approximately", "around", "roughly", "nearly", "almost", "between", "least",
        "most", "than", "over", "under", "up", "circa", "some", "maybe", "perhaps", "or", "to",
    ]

    private func number(_ answer: FormFinder, _ sentence: Range<Int>) -> String? {
        let asksForNumber = truths.contains { form in
            let words = AnswerWords(form.joined(separator: " ")).words
            let numbers = StatedNumber.all(in: words)
            guard numbers.count == 1 else { return false }
            return words.indices.allSatisfy {
                numbers[0].range.contains($0) || asked.contains(words[$0].text)
            }
        }
        guard asksForNumber else { return nil }
        let known = StatedNumber.all(in: question.words).map(\.value)
        let right = truths.flatMap {
            StatedNumber.all(in: AnswerWords($0.joined(separator: " ")).words).map(\.value)
        }
        let stated = StatedNumber.all(in: answer.words).filter {
            sentence.contains($0.range.lowerBound) && !known.contains($0.value)
        }
        guard Set(stated.map(\.value)).count == 1, let number = stated.first,
            !right.contains(number.value),
            answer.mention(at: number.range).isAsserted
        else { return nil }
        let before = answer.words[sentence.lowerBound..<number.range.lowerBound].suffix(3)
        if before.contains(where: { Self.inexact.contains($0.text) }) { return nil }
        let end = number.range.upperBound
        if end < sentence.upperBound, !asked.contains(answer.words[end].text),
            answer.words[end].clause == answer.words[end - 1].clause
        {
            return nil
        }
        return answer.text(number.range)
    }
}
