import LanguageModels
import Metrics

/// One metric of a turn: a score for each answer.
struct ScoreRow {
    let turn: Int
    let metric: Metric
    let reference: String?
    /// With how each answer was computed.
    let scores: [(variant: String, score: Score, numerics: Numerics)]

    /// The second variant's score minus the first's.
    var difference: Double? {
        guard scores.count == 2, let first = scores[0].score.value,
            let second = scores[1].score.value
        else { return nil }
        return second - first
    }
}
