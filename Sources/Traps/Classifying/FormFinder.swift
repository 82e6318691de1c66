import Metrics

/// Finds forms in an answer, and whether the answer stands by them.
struct FormFinder {
    struct Mention {
        let range: Range<Int>
        /// As it stands in the answer.
        let text: String
        /// Whether the answer says so itself: neither denies nor reports nor asks it.
        let isAsserted: Bool
    }

    let answer: String
    let words: [AnswerWords.Word]
    let questions: Set<Int>

    init(_ answer: String) {
        self.answer = answer
        let all = AnswerWords(answer)
        words = all.words
        questions = all.questions
    }

    /// Where a form must stand at the beginning.
    private static let start: Character = "^"

    /// What is the same in two forms that find the same.
    static func key(_ form: String) -> String {
        (form.first == start ? "^ " : "")
            + AnswerWords(form).words.map(\.text).joined(separator: " ")
    }

    /// Every place of every form; a longer one stands before those that lie within it.
    func mentions(of forms: [String]) -> [Mention] {
        forms.flatMap { form -> [Mention] in
            let wanted = AnswerWords(form).words.map(\.text)
            guard !wanted.isEmpty, wanted.count <= words.count else { return [] }
            let places =
                form.first == Self.start ? 0..<1 : 0..<(words.count - wanted.count + 1)
            return places.filter { place in
                wanted.indices.allSatisfy { words[place + $0].text == wanted[$0] }
            }.map { mention(at: $0..<$0 + wanted.count) }
        }.sorted { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
    }

    func mention(at range: Range<Int>) -> Mention {
        Mention(range: range, text: text(range), isAsserted: isAsserted(range))
    }

    /// The words of the answer from the first of `range` to the last.
    func text(_ range: Range<Int>) -> String {
        String(
            answer[
                words[range.lowerBound].range
                    .lowerBound..<words[range.upperBound - 1].range.upperBound])
    }

    // MARK: Denied and reported

    /// In the same part of a sentence before it, these deny it.
    private static let negators: Set<String> = [
        "not", "never", "neither", "nor", "none", "nobody", "without", "instead", "rather",
        "unlike",
        "false", "incorrect", "wrong", "incorrectly", "falsely", "untrue",
    ]
    /// Behind a `not` these only limit it: `not until 1912`.
    private static let limits: Set<String> = ["until", "only", "before", "far", "long"]
    /// Anywhere before it in the sentence, these tell what others believe.
    private static let reports = [
        "people|some|many … believe|think|say|claim|assume",
        "commonly|popularly|often|sometimes|widely believed|said|thought|attributed|claimed|assumed",
        "myth|misconception|legend|rumor|rumour|contrary|mistakenly|wrongly|supposedly|misattributed",
        "fictional|imaginary|hypothetical|so called",
    ].map(WordPhrase.init)
    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "can", "could",
        "would", "will",
    ]
    private static let deniers: Set<String> = [
        "not", "never", "false", "incorrect", "wrong", "myth", "untrue", "misconception",
        "mistaken",
        "fictional",
    ]

    private func isAsserted(_ range: Range<Int>) -> Bool {
        let first = words[range.lowerBound]
        if questions.contains(first.sentence) { return false }
        let sentence =
            words[..<range.lowerBound].lastIndex { $0.sentence != first.sentence }
            .map { $0 + 1 } ?? 0
        let clause =
            words[sentence..<range.lowerBound].lastIndex { $0.clause != first.clause }
            .map { $0 + 1 } ?? sentence
        for index in clause..<range.lowerBound {
            let isLimited = Self.limits.contains(words[index + 1].text)
            if Self.negators.contains(words[index].text), !isLimited { return false }
            // As the first word of a sentence it answers; elsewhere it denies what follows.
            if words[index].text == "no", index > sentence { return false }
        }
        let isReported = (sentence..<range.lowerBound).contains { start in
            Self.reports.contains { phrase in
                phrase.end(in: words, at: start).map { $0 <= range.lowerBound } ?? false
            }
        }
        return !isReported && !isDeniedBehind(range.upperBound)
    }

    /// `… is a myth`, `… has never been it`.
    private func isDeniedBehind(_ end: Int) -> Bool {
        let behind = words[end...].prefix { $0.clause == words[end - 1].clause }
        guard let verb = behind.first, Self.verbs.contains(verb.text) else { return false }
        return behind.dropFirst().prefix(3).contains { Self.deniers.contains($0.text) }
    }
}
