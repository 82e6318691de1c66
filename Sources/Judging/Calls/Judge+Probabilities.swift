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
    /// - Returns: nil when interrupted.
    /// - Throws: `unsupported` for a judge whose probabilities cannot be read.
    public func weigh(_ answers: [JudgedAnswer], isInterrupted: () -> Bool = { false })
        throws(TandemError) -> [Judgement]?
    {
        let asked = answers.indices.filter { ruling(answers[$0]) == nil }
        let requests = asked.map { index in
            ChoiceRequest(
                variant: name,
                messages: ScoringPrompt(rubric: rubric, answer: answers[index]).numberMessages,
                opening: ScoringPrompt.numberOpening, choices: (1...Rubric.total).map(String.init))
        }
        guard
            let all = try caller.source.probabilities(requests, isInterrupted: isInterrupted)
        else { return nil }
        var judgements = answers.map { ruling($0) ?? Judgement(.unscored("not asked")) }
        for (index, probabilities) in zip(asked, all) {
            judgements[index] = Self.weighted(probabilities)
        }
        return judgements
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
