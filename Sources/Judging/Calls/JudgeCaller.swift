import Basics
import LanguageModels

/// Puts calls to a judge: many at a time, none twice, with the way of asking that its server knows.
public final class JudgeCaller {
    /// Tokens of all calls since the start, as servers count them; cached ones cost nothing.
    public struct Usage: Sendable, Equatable {
        public var calls = 0
        public var cachedCalls = 0
        public var promptTokens = 0
        public var tokens = 0
        /// Calls of which the server did not say what they took.
        public var uncountedCalls = 0
    }

    let source: any AnswerSource
    private let cache: JudgeCache?
    /// By judge: what its server was seen to take.
    private var formats: [String: ReplyFormat] = [:]
    public private(set) var usage = Usage()

    /// - Parameter cache: nil keeps nothing.
    public init(source: any AnswerSource, cache: JudgeCache?) {
        self.source = source
        self.cache = cache
    }

    /// Which model a judge is: on a server by its address.
    func identity(_ judge: String) throws(TandemError) -> String {
        guard let information = source.variants.first(where: { $0.name == judge }) else {
            throw TandemError(
                .notFound, "no variant is called \(judge)", remedy: "/models lists what is loaded")
        }
        if information.remote != nil { return information.modelPath }
        return try source.identity(of: judge).fingerprint(.exact)
    }

    private func isRemote(_ judge: String) -> Bool {
        source.variants.first { $0.name == judge }?.remote != nil
    }

    private static let strictly =
        "That was not the JSON object that was asked for. Answer with it alone: no other text, every "
        + "field, numbers within their limits."

    /// How many of these calls a judge would have to answer, and about how many characters it reads.
    func outstanding(_ calls: [JudgeCall], by judge: String) throws(TandemError) -> (
        calls: Int, characters: Int
    ) {
        let identity = try identity(judge)
        let format = formats[judge] ?? (isRemote(judge) ? .schema : .prompt)
        var (count, characters) = (0, 0)
        for call in calls where cached(call, identity, from: format) == nil {
            count += 1
            characters += call.messages.reduce(0) { $0 + $1.content.utf8.count }
        }
        return (count, characters)
    }

    /// The replies, in the order of the calls. Each is kept as soon as it is whole.
    /// - Parameter onReply: called for each that is there, with how many are.
    /// - Returns: nil when interrupted; what was finished is kept.
    /// - Throws: `notFound`; `inputOutput` where a reply cannot be kept.
    func replies(
        to calls: [JudgeCall], by judge: String, isInterrupted: () -> Bool,
        onReply: (Int) -> Void
    ) throws(TandemError) -> [JudgeReply]? {
        let identity = try identity(judge)
        let preferred = formats[judge] ?? (isRemote(judge) ? .schema : .prompt)
        var format = preferred
        var isSettled = formats[judge] != nil || format == .prompt
        var replies = calls.map { cached($0, identity, from: format) }
        usage.cachedCalls += replies.count { $0 != nil }
        var finished = replies.count { $0 != nil }
        onReply(finished)
        while let first = replies.firstIndex(where: { $0 == nil }) {
            // One call finds out what the server takes.
            let indices = isSettled ? replies.indices.filter { replies[$0] == nil } : [first]
            var failure: TandemError?
            let answers = try source.generate(
                indices.map { request(calls[$0], judge, format) }, isInterrupted: isInterrupted,
                onEvent: { event in
                    guard case .finished(let request, let answer) = event,
                        isSettled || format == .prompt || !Self.refusesFormat(answer),
                        answer.finish != .interrupted
                    else { return }
                    let reply = reply(answer, format)
                    replies[indices[request]] = reply
                    do throws(TandemError) {
                        let key = calls[indices[request]].key(judge: identity, format: format)
                        try cache?.keep(reply, key)
                    } catch {
                        failure = error
                    }
                    finished += 1
                    onReply(finished)
                })
            if let failure { throw failure }
            if answers.contains(where: { $0.finish == .interrupted }) { return nil }
            if isSettled { continue }
            if !answers.contains(where: Self.refusesFormat) {
                isSettled = true
            } else {
                // What is refused without any format, too, is refused for another reason.
                format = format.next ?? preferred
            }
        }
        if isSettled { formats[judge] = format }
        return try repeated(
            replies.compactMap(\.self), calls, judge, identity, isInterrupted: isInterrupted)
    }

    /// Asks once more, strictly, where nothing but the prompt asks for JSON and the reply is none.
    private func repeated(
        _ replies: [JudgeReply], _ calls: [JudgeCall], _ judge: String, _ identity: String,
        isInterrupted: () -> Bool
    ) throws(TandemError) -> [JudgeReply]? {
        var replies = replies
        let indices = replies.indices.filter { index in
            replies[index].format == .prompt
                && replies[index].text.map { !calls[index].accepts($0) } ?? false
        }
        let again = indices.map { index in
            var call = calls[index]
            call.messages += [
                Message(role: "assistant", content: replies[index].text ?? ""),
                Message(role: "user", content: Self.strictly),
            ]
            return call
        }
        for (index, call) in zip(indices, again) {
            if let known = cached(call, identity, from: .prompt) {
                usage.cachedCalls += 1
                replies[index] = known
                continue
            }
            let answers = try source.generate(
                [request(call, judge, .prompt)], isInterrupted: isInterrupted, onEvent: { _ in })
            guard let answer = answers.first, answer.finish != .interrupted else { return nil }
            let reply = reply(answer, .prompt)
            try cache?.keep(reply, call.key(judge: identity, format: .prompt))
            replies[index] = reply
        }
        return replies
    }

    private func request(_ call: JudgeCall, _ judge: String, _ format: ReplyFormat)
        -> GenerationRequest
    {
        GenerationRequest(
            variant: judge, prompt: .chat(call.messages), settings: JudgeCall.settings,
            responseFormat: format.field(call.schema))
    }

    /// A reply in this format, or in one that is tried after it.
    private func cached(_ call: JudgeCall, _ identity: String, from format: ReplyFormat)
        -> JudgeReply?
    {
        var format: ReplyFormat? = format
        while let present = format {
            if let reply = cache?.reply(call.key(judge: identity, format: present)) { return reply }
            format = present.next
        }
        return nil
    }

    /// Some servers call it an error of their own, and name the field.
    private static func refusesFormat(_ answer: Answer) -> Bool {
        guard answer.finish == .error, let status = answer.serverStatus else { return false }
        return [400, 415, 422].contains(status)
            || status == 500 && answer.detail?.contains("response_format") == true
    }

    private func reply(_ answer: Answer, _ format: ReplyFormat) -> JudgeReply {
        usage.calls += 1
        if let tokens = answer.tokenCount {
            usage.tokens += tokens
            usage.promptTokens += answer.promptTokenCount
        } else {
            usage.uncountedCalls += 1
        }
        var reply = JudgeReply(format: format)
        if let tokens = answer.tokenCount {
            reply.tokens = tokens
            reply.promptTokens = answer.promptTokenCount
        }
        switch answer.finish {
        case .stop: reply.text = answer.text
        case .length, .context: reply.failure = "the judge's reply is longer than its limit"
        case .error, .interrupted:
            reply.failure = "the judge failed: \(answer.detail ?? "it does not say why")"
        }
        return reply
    }
}
