import Basics

/// Comparing two answers, in both orders.
extension Judge {
    /// - Parameter pairs: two answers to one question each.
    /// - Returns: a verdict for each pair; nil when interrupted: what was finished is not asked again.
    public func compare(
        _ pairs: [(first: JudgedAnswer, second: JudgedAnswer)],
        isInterrupted: () -> Bool = { false }, onProgress: (Int, Int) -> Void = { _, _ in }
    ) throws(TandemError) -> [PairVerdict]? {
        let calls = calls(pairs)
        guard
            let replies = try caller.replies(
                to: calls, by: name, isInterrupted: isInterrupted,
                onReply: { onProgress($0, calls.count) })
        else { return nil }
        return pairs.indices.map { index in
            var verdict = PairVerdict()
            verdict.straight = take(replies[2 * index], &verdict)
            verdict.swapped = take(replies[2 * index + 1], &verdict)
            return verdict
        }
    }

    /// What of ``compare(_:isInterrupted:onProgress:)`` is not answered yet.
    public func outstandingPairs(
        _ pairs: [(first: JudgedAnswer, second: JudgedAnswer)]
    ) throws(TandemError) -> OutstandingCalls {
        try caller.outstanding(calls(pairs), by: name)
    }

    private func calls(
        _ pairs: [(first: JudgedAnswer, second: JudgedAnswer)]
    ) -> [JudgeCall] {
        pairs.flatMap { pair in
            [call(pair.first, pair.second, false), call(pair.second, pair.first, true)]
        }
    }

    private func call(_ first: JudgedAnswer, _ second: JudgedAnswer, _ isSwapped: Bool)
        -> JudgeCall
    {
        JudgeCall(
            messages: PairPrompt(rubric: rubric, first: first, second: second).messages,
            schema: PairPrompt.schema, rubricVersion: rubric.version, isSwapped: isSwapped,
            accepts: { (try? PairReply.read($0)) != nil })
    }

    private func take(_ reply: JudgeReply, _ verdict: inout PairVerdict)
        -> PairVerdict.Preference?
    {
        guard let text = reply.text else {
            verdict.failures.append(reply.failure ?? "there is no reply")
            return nil
        }
        do throws(TandemError) {
            let (preference, reason) = try PairReply.read(text)
            verdict.reasons.append(reason)
            return preference
        } catch {
            verdict.failures.append(error.message)
            return nil
        }
    }
}
