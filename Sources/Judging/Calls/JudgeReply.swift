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
