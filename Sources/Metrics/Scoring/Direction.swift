/// Which way a metric improves.
public enum Direction: Sendable, Equatable {
    case moreIsBetter
    case lessIsBetter
    /// Neither end is good by itself, such as a ratio of lengths.
    case neither
}
