/// What a metric finds in one answer.
struct Measurement {
    let score: Score
    /// What adds up over answers to the score of all of them together; empty where that is the mean.
    var counts: [Double] = []
}
