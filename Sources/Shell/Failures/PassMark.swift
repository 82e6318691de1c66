import Metrics

/// Which scores count as right: those at least as good as the middle of the range. A measure
/// without an end has the middle of the scores that it gave.
struct PassMark {
    let value: Double
    private let direction: Direction

    init(_ measure: Measure, scores: [Double]) {
        direction = measure.direction
        let (low, high) = (measure.range.lowerBound, measure.range.upperBound)
        if low.isFinite, high.isFinite {
            value = (low + high) / 2
        } else {
            let sorted = scores.sorted()
            value = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        }
    }

    func passes(_ score: Double) -> Bool {
        direction.quality(score) >= direction.quality(value)
    }
}
