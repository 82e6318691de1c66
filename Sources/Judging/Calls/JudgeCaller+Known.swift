import Basics
import LanguageModels

/// What is known of calls before they are made.
extension JudgeCaller {
    /// A reply in this format, or in one that is tried after it.
    func cached(_ call: JudgeCall, _ identity: String, from format: ReplyFormat) -> JudgeReply? {
        var format: ReplyFormat? = format
        while let present = format {
            if let reply = cache?.reply(call.key(judge: identity, format: present)) { return reply }
            format = present.next
        }
        return nil
    }

    /// A recording has what servers said before, too.
    func record(_ reply: JudgeReply, to call: JudgeCall, by judge: String) {
        guard let tape = source.tape, let text = reply.text,
            let information = source.variants.first(where: { $0.name == judge }),
            information.remote != nil
        else { return }
        var answer = Answer(
            variant: judge, text: text, tokenIDs: [], promptTokenCount: reply.promptTokens ?? 0,
            finish: .stop, firstTokenMilliseconds: 0, tokensPerSecond: 0,
            seed: JudgeCall.settings.seed, numerics: nil)
        answer.tokenCount = reply.tokens
        tape.keep(answer, to: call.request(to: judge, reply.format), of: information.modelPath)
    }

    /// Those of `calls` that a judge would have to answer.
    /// - Parameter mostTokens: of one reply.
    func outstanding(
        _ calls: [JudgeCall], by judge: String, mostTokens: Int = JudgeCall.settings.maxTokens
    ) throws(TandemError) -> OutstandingCalls {
        let identity = try identity(judge)
        let format = preferredFormat(judge)
        var outstanding = OutstandingCalls()
        for call in calls where cached(call, identity, from: format) == nil {
            outstanding.count += 1
            outstanding.promptBytes += call.messages.reduce(0) { $0 + $1.content.utf8.count }
            outstanding.mostTokens += mostTokens
        }
        return outstanding
    }
}
