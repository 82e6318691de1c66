/// What scores are called, the values they can take, and which way they improve.
public struct Measure: Sendable {
    public let name: String
    public let range: ClosedRange<Double>
    public let direction: Direction

    public init(
        _ name: String, range: ClosedRange<Double>, _ direction: Direction = .moreIsBetter
    ) {
        self.name = name
        self.range = range
        self.direction = direction
    }
}

extension Metric {
    public var measure: Measure { Measure(name, range: range, direction) }
}
