import Basics

/// What comparing looks at of an `answer` or `row`.
struct RecordedAnswer {
    let text: String
    let finish: String
    let detail: String?
    /// Nil of a remote variant.
    let tokens: [Int]?
    /// ln p of each token in its place, in nats; nil where they are not known.
    let logProbabilities: [Double]?

    init(_ record: JSON) {
        text = record["text"]?.string ?? ""
        finish = record["finish"]?.string ?? ""
        detail = record["detail"]?.string
        tokens = record["token_ids"]?.array?.compactMap(\.integer)
        logProbabilities = record["log_probabilities"]?.array?.compactMap(\.double)
    }

    /// The first place where the tokens are not the same; the shorter one's end counts.
    func parting(from other: RecordedAnswer) -> Int? {
        guard let tokens, let others = other.tokens else { return nil }
        let same = zip(tokens, others).prefix { $0 == $1 }.count
        return same == tokens.count && same == others.count ? nil : same
    }

    /// The largest |Δ| of the log-probabilities of the first `count` tokens; nil where one has none.
    func drift(from other: RecordedAnswer, first count: Int) -> Double? {
        guard let logProbabilities, let others = other.logProbabilities,
            logProbabilities.count >= count, others.count >= count
        else { return nil }
        return zip(logProbabilities, others).prefix(count).map { abs($0 - $1) }.max() ?? 0
    }

    var shown: String {
        finish == "error" ? "failed: \(detail ?? "without a reason")" : "\"\(text)\""
    }
}
