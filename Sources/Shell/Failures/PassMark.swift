import Metrics

/// Which scores count as right: at least the middle of the metric's range. A metric without an end
/// has the middle of the scores that it gave.
struct PassMark {
    let value: Double
    private let lessIsBetter: Bool

    init(_ metric: Metric, scores: [Double]) {
        lessIsBetter = metric.direction == .lessIsBetter
        let (low, high) = (metric.range.lowerBound, metric.range.upperBound)
        if low.isFinite, high.isFinite {
            value = (low + high) / 2
        } else {
            let sorted = scores.sorted()
            value = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        }
    }

    func passes(_ score: Double) -> Bool { lessIsBetter ? score <= value : score >= value }

    /// Ascending from the worst.
    func rank(_ score: Double) -> Double { lessIsBetter ? -score : score }

    /// What fails, in words.
    var text: String { "a score \(lessIsBetter ? "above" : "below") \(Numbers.short(value))" }
}
