import Basics
import LanguageModels

/// Asking a judge.
extension JudgeCaller {
    private static let strictly =
        "That was not the JSON object that was asked for. Answer with it alone: no other text, every "
        + "field, numbers within their limits."

    /// Puts calls together, and keeps each reply as soon as it is whole.
    /// - Parameters:
    ///   - isReply: whether an answer counts.
    ///   - onReply: called for each that does, with the place of its call.
    /// - Throws: `inputOutput` where a reply cannot be kept.
    func ask(
        _ calls: [JudgeCall], _ judge: String, _ identity: String, _ format: ReplyFormat,
        isInterrupted: () -> Bool, isReply: (Answer) -> Bool = { _ in true },
        onReply: (Int, JudgeReply) -> Void
    ) throws(TandemError) -> [Answer] {
        var failure: TandemError?
        let answers = try source.generate(
            calls.map { $0.request(to: judge, format) },
            isInterrupted: { isInterrupted() || failure != nil },
            onEvent: { event in
                guard case .finished(let index, let answer) = event,
                    answer.finish != .interrupted, isReply(answer)
                else { return }
                usage.add(answer)
                let reply = JudgeReply(answer, format)
                do throws(TandemError) {
                    try cache?.keep(reply, calls[index].key(judge: identity, format: format))
                } catch {
                    failure = failure ?? error
                }
                onReply(index, reply)
            })
        if let failure { throw failure }
        return answers
    }

    /// Asks once more, strictly, where nothing but the prompt asks for JSON and the reply is none.
    /// - Returns: nil when interrupted.
    func repeated(
        _ replies: [JudgeReply], _ calls: [JudgeCall], _ judge: String, _ identity: String,
        isInterrupted: () -> Bool
    ) throws(TandemError) -> [JudgeReply]? {
        var replies = replies
        var again: [(index: Int, call: JudgeCall)] = []
        for (index, reply) in replies.enumerated() {
            guard reply.format == .prompt, let text = reply.text, !calls[index].accepts(text)
            else { continue }
            var call = calls[index]
            call.messages += [
                Message(role: "assistant", content: text),
                Message(role: "user", content: Self.strictly),
            ]
            if let known = cached(call, identity, from: .prompt) {
                usage.cachedCalls += 1
                record(known, to: call, by: judge)
                replies[index] = known
            } else {
                again.append((index, call))
            }
        }
        if again.isEmpty { return replies }
        let answers = try ask(
            again.map(\.call), judge, identity, .prompt, isInterrupted: isInterrupted,
            onReply: { replies[again[$0].index] = $1 })
        return answers.contains { $0.finish == .interrupted } ? nil : replies
    }
}
