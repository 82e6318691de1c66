import Basics
import LanguageModels

/// Reading a local judge without parsing.
extension Judge {
    /// Less of the probability than this on scores is no score.
    public static let leastMass = 0.5

    /// Scores answers by the mean of the scores, each weighted by the probability that the judge
    /// gives it: Σ k·p(k) / Σ p(k), with Σ p(k) as its mass.
    ///
    /// Y. Liu et al., "G-Eval: NLG evaluation using GPT-4 with better human alignment", EMNLP 2023.
    /// - Parameter onProgress: how many answers are weighed, of how many.
    /// - Returns: nil when interrupted: what was finished is not computed again.
    /// - Throws: `unsupported` for a judge whose probabilities cannot be read.
    public func weigh(
        _ answers: [JudgedAnswer], isInterrupted: () -> Bool = { false },
        onProgress: (Int, Int) -> Void = { _, _ in }
    ) throws(TandemError) -> [Judgement]? {
        let asked = answers.indices.filter { ruling(answers[$0]) == nil }
        let all = try caller.probabilities(
            of: (1...Rubric.total).map(String.init), in: asked.map { weighing(answers[$0]) },
            by: name, isInterrupted: isInterrupted,
            onFinished: { onProgress($0, asked.count) })
        guard let all else { return nil }
        var judgements = answers.map { ruling($0) ?? Judgement(.unscored("not asked")) }
        for (index, probabilities) in zip(asked, all) {
            judgements[index] = Self.weighted(probabilities)
        }
        return judgements
    }

    /// What of ``weigh(_:isInterrupted:onProgress:)`` is not computed yet.
    public func outstandingWeights(_ answers: [JudgedAnswer]) throws(TandemError)
        -> OutstandingCalls
    {
        try caller.outstanding(
            answers.filter { ruling($0) == nil }.map(weighing), by: name, mostTokens: 0)
    }

    /// The last message is what the judge's own reply begins with.
    private func weighing(_ answer: JudgedAnswer) -> JudgeCall {
        let opening = Message(role: "assistant", content: ScoringPrompt.numberOpening)
        return JudgeCall(
            messages: ScoringPrompt(rubric: rubric, answer: answer).numberMessages + [opening],
            schema: nil, rubricVersion: rubric.version, accepts: { _ in true })
    }

    /// - Parameter probabilities: of the scores from 1 on.
    package static func weighted(_ probabilities: [Double]) -> Judgement {
        let mass = probabilities.reduce(0, +)
        var sum = 0.0
        for (index, probability) in probabilities.enumerated() {
            sum += Double(index + 1) * probability
        }
        var judgement = Judgement(.score(sum / mass))
        if !(mass >= leastMass) {
            judgement.outcome = .unscored(
                "only \(Int((mass * 100).rounded())) % of the judge's probability is on scores")
        }
        judgement.mass = mass
        return judgement
    }
}
