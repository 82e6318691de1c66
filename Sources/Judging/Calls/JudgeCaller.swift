import Basics
import LanguageModels

/// Puts calls to a judge: many at a time, none twice, with the way of asking that its server knows.
public final class JudgeCaller {
    let source: any AnswerSource
    let cache: JudgeCache?
    /// By judge: what its server was seen to take.
    private var formats: [String: ReplyFormat] = [:]
    /// Of all calls since the start.
    public internal(set) var usage = JudgeUsage()

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

    /// How a judge is asked: as its server was seen to take it, else with a schema.
    func preferredFormat(_ judge: String) -> ReplyFormat {
        let isRemote = source.variants.first { $0.name == judge }?.remote != nil
        return formats[judge] ?? (isRemote ? .schema : .prompt)
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
        let preferred = preferredFormat(judge)
        var format = preferred
        var isSettled = formats[judge] != nil || format == .prompt
        var replies = calls.map { cached($0, identity, from: format) }
        for (call, reply) in zip(calls, replies) {
            if let reply { record(reply, to: call, by: judge) }
        }
        var finished = replies.count { $0 != nil }
        usage.cachedCalls += finished
        onReply(finished)
        while let first = replies.firstIndex(where: { $0 == nil }) {
            // One call finds out what the server takes.
            let indices = isSettled ? replies.indices.filter { replies[$0] == nil } : [first]
            let answers = try ask(
                indices.map { calls[$0] }, judge, identity, format, isInterrupted: isInterrupted,
                isReply: { isSettled || format == .prompt || !Self.refusesFormat($0) },
                onReply: { index, reply in
                    replies[indices[index]] = reply
                    finished += 1
                    onReply(finished)
                })
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

    /// Some servers call it an error of their own, and name the field.
    private static func refusesFormat(_ answer: Answer) -> Bool {
        guard answer.finish == .error, let status = answer.serverStatus else { return false }
        return [400, 415, 422].contains(status)
            || status == 500 && answer.detail?.contains("response_format") == true
    }
}
