/// Continuations of one prefix, to be scored.
public struct ScoringTask {
    /// What computes them. It may hold a part of the prefix already, and holds all of it afterwards.
    public let timeline: Timeline
    /// At least one token: `<s>`, or whatever a text begins with.
    public let prefix: [Int32]
    /// At least one token each.
    public let continuations: [[Int32]]
    /// How many of the most probable tokens are wanted in every place, with the rank of the token that
    /// stands there; nil: neither.
    public let bestCount: Int?

    public init(
        _ timeline: Timeline, prefix: [Int32], continuations: [[Int32]], bestCount: Int? = nil
    ) {
        self.timeline = timeline
        self.prefix = prefix
        self.continuations = continuations
        self.bestCount = bestCount
    }
}
