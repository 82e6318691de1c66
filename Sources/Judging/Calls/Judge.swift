import Basics
import LanguageModels

/// A variant that scores answers by a rubric.
public struct Judge {
    let caller: JudgeCaller
    public let name: String
    public let rubric: Rubric

    public init(_ caller: JudgeCaller, name: String, rubric: Rubric) {
        self.caller = caller
        self.name = name
        self.rubric = rubric
    }

    /// Scores answers, each `repetitions` times.
    /// - Parameter onProgress: how many calls are answered, of how many.
    /// - Returns: [answers][repetitions]; nil when interrupted: what was finished is not asked again.
    /// - Throws: `notFound` for the judge; what keeping replies refuses.
    public func judge(
        _ answers: [JudgedAnswer], repetitions: Int = 1, isInterrupted: () -> Bool = { false },
        onProgress: (Int, Int) -> Void = { _, _ in }
    ) throws(TandemError) -> [[Judgement]]? {
        let asked = answers.indices.filter { ruling(answers[$0]) == nil }
        let calls = asked.flatMap { index in
            (0..<repetitions).map { call(answers[index], repetition: $0) }
        }
        guard
            let replies = try caller.replies(
                to: calls, by: name, isInterrupted: isInterrupted,
                onReply: { onProgress($0, calls.count) })
        else { return nil }
        var judgements = answers.map { answer in
            [Judgement](
                repeating: ruling(answer) ?? Judgement(.unscored("not asked")), count: repetitions)
        }
        for (place, index) in asked.enumerated() {
            judgements[index] = replies[place * repetitions..<(place + 1) * repetitions].map(read)
        }
        return judgements
    }

    /// What of ``judge(_:repetitions:isInterrupted:onProgress:)`` is not answered yet.
    public func outstanding(_ answers: [JudgedAnswer], repetitions: Int = 1) throws(TandemError)
        -> OutstandingCalls
    {
        try caller.outstanding(
            answers.filter { ruling($0) == nil }.flatMap { answer in
                (0..<repetitions).map { call(answer, repetition: $0) }
            }, by: name)
    }

    /// What is said of an answer without asking anyone.
    func ruling(_ answer: JudgedAnswer) -> Judgement? {
        if rubric.needsReference, answer.references.isEmpty {
            return Judgement(.unscored("the rubric \(rubric.name) needs a reference"))
        }
        if answer.hasContent { return nil }
        var judgement = Judgement(.score(1))
        judgement.criteria = rubric.criteria.map { .init(criterion: $0.name, points: 0) }
        judgement.reason = "The answer has no letter and no digit; the judge was not asked."
        return judgement
    }

    private func call(_ answer: JudgedAnswer, repetition: Int) -> JudgeCall {
        let prompt = ScoringPrompt(rubric: rubric, answer: answer)
        let rubric = rubric
        return JudgeCall(
            messages: prompt.messages, schema: prompt.schema, rubricVersion: rubric.version,
            repetition: repetition,
            accepts: { (try? ScoringReply.read($0, rubric)) != nil })
    }

    private func read(_ reply: JudgeReply) -> Judgement {
        var judgement: Judgement
        if let text = reply.text {
            do throws(TandemError) {
                judgement = try ScoringReply.read(text, rubric)
            } catch {
                judgement = Judgement(.unscored(error.message))
            }
        } else {
            judgement = Judgement(.unscored(reply.failure ?? "there is no reply"))
        }
        judgement.format = reply.format
        judgement.isCached = reply.isCached
        return judgement
    }
}
