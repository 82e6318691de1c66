import Basics
import LanguageModels

/// Reading a judge's probabilities instead of its replies.
extension JudgeCaller {
    /// So many calls are weighed together; those that are finished are kept.
    private static let weighedTogether = 16

    /// The probabilities of `choices` as the text after the last message of each call.
    /// - Parameter onFinished: how many calls are weighed.
    /// - Returns: [calls][choices]; nil when interrupted: what was finished is not computed again.
    /// - Throws: `unsupported` for a judge whose probabilities cannot be read; `inputOutput` where
    ///   they cannot be kept.
    func probabilities(
        of choices: [String], in calls: [JudgeCall], by judge: String,
        isInterrupted: () -> Bool, onFinished: (Int) -> Void
    ) throws(TandemError) -> [[Double]]? {
        let identity = try identity(judge)
        var found = calls.map { call in
            cached(call, identity, from: .prompt)?.text.flatMap(Self.numbers)
        }
        var rest = found.indices.filter { found[$0] == nil }[...]
        usage.cachedCalls += calls.count - rest.count
        while !rest.isEmpty {
            onFinished(calls.count - rest.count)
            let part = rest.prefix(Self.weighedTogether)
            rest = rest.dropFirst(part.count)
            let requests = part.map { index in
                let messages = calls[index].messages
                return ChoiceRequest(
                    variant: judge, messages: messages.dropLast(),
                    opening: messages.last?.content ?? "", choices: choices)
            }
            guard let all = try source.probabilities(requests, isInterrupted: isInterrupted) else {
                return nil
            }
            for (index, probabilities) in zip(part, all) {
                found[index] = probabilities
                var reply = JudgeReply(format: .prompt)
                reply.text = JSON.array(probabilities.map { .number($0) }).text
                try cache?.keep(reply, calls[index].key(judge: identity, format: .prompt))
            }
        }
        onFinished(calls.count)
        return found.compactMap(\.self)
    }

    private static func numbers(_ text: String) -> [Double]? {
        (try? JSON.parse(text))?.array?.compactMap(\.double)
    }
}
