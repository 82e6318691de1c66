/// What a metric gives: a value, or the reason why there is none. Never NaN.
public enum Score: Sendable, Equatable {
    case value(Double)
    case unscored(String)

    public var value: Double? { if case .value(let value) = self { value } else { nil } }
}
