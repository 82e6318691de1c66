import Basics
import LanguageModels
import Metrics

/// What a run keeps of an answer.
struct RunAnswer: Equatable {
    let text: String
    /// Nil where a server does not say it.
    let tokenCount: Int?
    /// None of a remote variant.
    let tokenIDs: [Int32]
    let finish: FinishReason
    let detail: String?

    init(_ answer: Answer) {
        text = answer.text
        tokenCount = answer.tokenCount
        tokenIDs = answer.tokenIDs
        finish = answer.finish
        detail = answer.detail
    }

    init?(_ json: JSON) {
        guard let text = json["text"]?.string,
            let finish = json["finish"]?.string.flatMap(FinishReason.init)
        else { return nil }
        self.text = text
        tokenCount = json["tokens"]?.integer
        tokenIDs = (json["token_ids"]?.array ?? []).compactMap {
            $0.integer.flatMap { Int32(exactly: $0) }
        }
        self.finish = finish
        detail = json["detail"]?.string
    }

    /// Why there is nothing to be scored.
    var failure: String? {
        finish == .error ? "the answer failed: " + (detail ?? "without a reason") : nil
    }

    func score(_ metric: Metric, references: [String]) -> Score {
        failure.map(Score.unscored) ?? metric.score(text, references: references)
    }
}
