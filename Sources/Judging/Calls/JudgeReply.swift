import LanguageModels

/// What came of a call.
struct JudgeReply: Sendable, Equatable {
    /// Nil where there is no whole reply; then `failure` says why.
    var text: String?
    var failure: String?
    var format: ReplyFormat
    var promptTokens: Int?
    var tokens: Int?
    var isCached = false
}

extension JudgeReply {
    init(_ answer: Answer, _ format: ReplyFormat) {
        self.init(format: format)
        if let count = answer.tokenCount {
            tokens = count
            promptTokens = answer.promptTokenCount
        }
        switch answer.finish {
        case .stop: text = answer.text
        case .length, .context: failure = "the judge's reply is longer than its limit"
        case .error, .interrupted:
            failure = "the judge failed: \(answer.detail ?? "it does not say why")"
        }
    }
}
