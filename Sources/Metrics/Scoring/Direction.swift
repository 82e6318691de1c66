/// Which way a metric improves.
public enum Direction: Sendable, Equatable {
    case moreIsBetter
    case lessIsBetter
    /// 1 is best; more or less on the mean is by itself neither better nor worse.
    case towardsOne

    /// `score` as a number of which more is better.
    public func quality(_ score: Double) -> Double {
        switch self {
        case .moreIsBetter: score
        case .lessIsBetter: -score
        case .towardsOne: -abs(score - 1)
        }
    }
}
