/// A phrase by which an answer refuses.
struct RefusalPhrase {
    let kind: Refusal.Kind
    private let phrase: WordPhrase
    /// What behind it makes it say something else: `can not help` `but`.
    private let exceptions: [WordPhrase]

    init(_ kind: Refusal.Kind, _ phrase: String, unless exceptions: String...) {
        self.kind = kind
        self.phrase = WordPhrase(phrase)
        self.exceptions = exceptions.map(WordPhrase.init)
    }

    /// Where it ends; nil where it does not stand at `start`.
    func end(in words: [AnswerWords.Word], at start: Int) -> Int? {
        guard let end = phrase.end(in: words, at: start) else { return nil }
        let isOther =
            end < words.count && exceptions.contains { $0.end(in: words, at: end) != nil }
        return isOther ? nil : end
    }
}
