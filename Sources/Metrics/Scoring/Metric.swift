/// A computed measure of an answer, in most cases of how close it is to a reference.
public struct Metric: Sendable {
    /// As the user wrote it, with its parameter.
    public let name: String
    /// One line for help.
    public let summary: String
    /// The values it can take.
    public let range: ClosedRange<Double>
    public let direction: Direction
    /// Whether it is unscored without a reference.
    public let needsReference: Bool
    private let compute: @Sendable (inout Comparison) -> Measurement
    /// The score of many answers together, from the sums of their counts; nil: the mean of their scores.
    let combine: (@Sendable ([Double]) -> Double)?

    init(
        _ name: String, _ summary: String, range: ClosedRange<Double> = 0...1,
        _ direction: Direction = .moreIsBetter, needsReference: Bool = true,
        score: @escaping @Sendable (inout Comparison) -> Score
    ) {
        self.name = name
        self.summary = summary
        self.range = range
        self.direction = direction
        self.needsReference = needsReference
        compute = { Measurement(score: score(&$0)) }
        combine = nil
    }

    init(
        _ name: String, _ summary: String, range: ClosedRange<Double> = 0...1,
        _ direction: Direction = .moreIsBetter,
        value: @escaping @Sendable (inout Comparison) -> Double
    ) {
        self.init(name, summary, range: range, direction) { .value(value(&$0)) }
    }

    /// A metric whose score of many answers is that of their counts, not the mean.
    init(
        _ name: String, _ summary: String, range: ClosedRange<Double>,
        _ direction: Direction = .moreIsBetter,
        counts: @escaping @Sendable (inout Comparison) -> [Double],
        score: @escaping @Sendable ([Double]) -> Double,
        combine: @escaping @Sendable ([Double]) -> Double
    ) {
        self.name = name
        self.summary = summary
        self.range = range
        self.direction = direction
        needsReference = true
        compute = {
            let counts = counts(&$0)
            return Measurement(score: .value(score(counts)), counts: counts)
        }
        self.combine = combine
    }

    public func score(_ answer: String, reference: String) -> Score {
        score(answer, references: [reference])
    }

    /// The score of one answer; of several references the best counts, or all, as the metric says.
    public func score(_ answer: String, references: [String]) -> Score {
        var comparison = Comparison()
        comparison.take { $0.take(ScoredItem(answer: answer, references: references)) }
        return measured(&comparison).score
    }

    func measured(_ comparison: inout Comparison) -> Measurement {
        if needsReference, comparison.referenceCount == 0 {
            return Measurement(score: .unscored("there is no reference"))
        }
        let measurement = compute(&comparison)
        if let value = measurement.score.value, !value.isFinite {
            return Measurement(score: .unscored("the value is not finite"))
        }
        return measurement
    }
}
