/// What stands around a phrase that refuses.
struct RefusalPlace {
    private let words: [AnswerWords.Word]
    /// The words of the phrase.
    private let range: Range<Int>

    private static let conditions: Set<String> = ["if", "unless"]
    /// Of an `I` only: `when he died is unknown` is said without a condition.
    private static let times: Set<String> = ["when", "whenever"]
    private static let reports: Set<String> = [
        "said", "says", "told", "tells", "thinks", "thought", "claimed", "claims", "wrote",
        "replied", "answered",
    ]
    private static let turns: Set<String> = [
        "but", "however", "although", "though", "nevertheless", "nonetheless",
    ]
    private static let concessions: Set<String> = ["although", "though", "while"]
    /// A sentence with one of these speaks to the person, or of the question.
    private static let personal: Set<String> = [
        "i", "me", "my", "we", "you", "your", "sorry", "please", "apologize", "apologies",
        "question",
        "our", "ai", "thanks", "thank", "hello", "hi", "ask", "asking", "request",
    ]
    /// What an offer or a piece of advice begins with.
    private static let offers: Set<String> = ["you", "please", "feel", "let", "try", "if"]
    private static let offering: Set<String> = [
        "can", "could", "would", "will", "recommend", "suggest", "am", "encourage", "hope",
    ]
    private static let hedges: Set<String> = ["sure", "certain", "unsure", "uncertain"]
    private static let precise: Set<String> = ["exact", "exactly", "precise", "precisely"]

    init(_ words: [AnswerWords.Word], _ range: Range<Int>) {
        self.words = words
        self.range = range
    }

    private var first: AnswerWords.Word { words[range.lowerBound] }
    private var last: AnswerWords.Word { words[range.upperBound - 1] }

    /// Whether the answer says it of itself, and without a condition.
    var isOwn: Bool {
        let clause = words[..<range.lowerBound].reversed().prefix { $0.clause == first.clause }
        let conditions =
            ["i", "we"].contains(first.text)
            ? Self.conditions.union(Self.times) : Self.conditions
        return !clause.contains {
            conditions.contains($0.text) || Self.reports.contains($0.text)
        }
    }

    var answersBefore: Bool {
        let before = words[..<range.lowerBound]
        if Self.statingCount(before.filter { $0.sentence < first.sentence }) > 5 { return true }
        guard let joint = before.last, Self.turns.contains(joint.text) || joint.text == "and" else {
            return false
        }
        return Self.statingCount(before.dropLast().filter { $0.sentence == first.sentence }) >= 3
    }

    var answersBehind: Bool {
        let behind = words[range.upperBound...]
        let same = behind.prefix { $0.sentence == last.sentence }
        let concedes =
            range.lowerBound > 0 && Self.concessions.contains(words[range.lowerBound - 1].text)
        if concedes, goesOn(same.drop { $0.clause == last.clause }) { return true }
        if let turn = same.indices.first(where: { Self.turns.contains(same[$0].text) }),
            goesOn(same[(turn + 1)...])
        {
            return true
        }
        let heads = behind.indices.filter {
            words[$0].sentence > words[$0 - 1].sentence && Self.turns.contains(words[$0].text)
        }
        for head in heads {
            let rest = words[(head + 1)...].prefix { $0.sentence == words[head].sentence }
            if goesOn(rest) { return true }
        }
        let isHedge =
            Self.hedges.contains(last.text)
            || behind.prefix(4).contains {
                Self.hedges.contains($0.text) || Self.precise.contains($0.text)
            }
        let stated = Self.statingCount(behind.filter { $0.sentence > last.sentence })
        return stated >= (isHedge ? 3 : 40)
    }

    /// Whether words behind a turn answer: at least two, and neither an offer nor another refusal.
    private func goesOn(_ rest: ArraySlice<AnswerWords.Word>) -> Bool {
        guard rest.count >= 2, let head = rest.first else { return false }
        if Self.offers.contains(head.text) { return false }
        if ["i", "we"].contains(head.text), Self.offering.contains(words[rest.startIndex + 1].text)
        {
            return false
        }
        return !rest.indices.contains { start in
            RefusalPhrase.english.contains { $0.end(in: words, at: start) != nil }
        }
    }

    /// Words of sentences that state something.
    private static func statingCount(_ words: [AnswerWords.Word]) -> Int {
        var (count, start) = (0, 0)
        while start < words.count {
            let sentence = words[start...].prefix { $0.sentence == words[start].sentence }
            if !sentence.contains(where: { personal.contains($0.text) }) { count += sentence.count }
            start += sentence.count
        }
        return count
    }
}
