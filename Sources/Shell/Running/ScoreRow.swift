import Metrics

/// One metric of a turn: a score for each answer.
struct ScoreRow {
    let turn: Int
    let metric: Metric
    let reference: String?
    let scores: [(variant: String, score: Score)]

    /// The second variant's score minus the first's.
    var difference: Double? {
        guard scores.count == 2, let first = scores[0].score.value,
            let second = scores[1].score.value
        else { return nil }
        return second - first
    }
}
