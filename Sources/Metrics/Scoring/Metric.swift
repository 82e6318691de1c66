/// A computed measure of how close an answer is to a reference.
public struct Metric: Sendable {
    public let name: String
    /// One line for help.
    public let summary: String
    /// The values it can take; more is better.
    public let range: ClosedRange<Double>
    private let compute: @Sendable (String, [String]) -> Double

    init(
        _ name: String, _ summary: String, range: ClosedRange<Double> = 0...1,
        compute: @escaping @Sendable (String, [String]) -> Double
    ) {
        self.name = name
        self.summary = summary
        self.range = range
        self.compute = compute
    }

    /// A metric that takes one reference; of several the best counts.
    init(
        _ name: String, _ summary: String, best: @escaping @Sendable (String, String) -> Double
    ) {
        self.init(name, summary) { prediction, references in
            references.map { best(prediction, $0) }.max() ?? 0
        }
    }

    public func score(_ prediction: String, reference: String) -> Score {
        score(prediction, references: [reference])
    }

    public func score(_ prediction: String, references: [String]) -> Score {
        if references.isEmpty { return .unscored("there is no reference") }
        let value = compute(prediction, references)
        return value.isFinite ? .value(value) : .unscored("the value is not finite")
    }
}
