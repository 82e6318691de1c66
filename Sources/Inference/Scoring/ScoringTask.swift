/// Continuations of one prefix, to be scored.
public struct ScoringTask {
    /// What computes them. It may hold a part of the prefix already, and holds all of it afterwards.
    public let timeline: Timeline
    /// At least one token: `<s>`, or whatever a text begins with.
    public let prefix: [Int32]
    /// At least one token each.
    public let continuations: [[Int32]]

    public init(_ timeline: Timeline, prefix: [Int32], continuations: [[Int32]]) {
        self.timeline = timeline
        self.prefix = prefix
        self.continuations = continuations
    }
}
