/// How far a judge's verdicts on pairs depend on which answer stands first.
public struct OrderBias: Sendable, Equatable {
    /// Pairs with a verdict in both orders.
    public let pairs: Int
    /// Those in which both orders prefer the same.
    public let consistentPairs: Int
    /// Verdicts that prefer one answer, and those of them that prefer the one that stands first.
    public let decided: Int
    public let firstSlot: Int

    public init(_ verdicts: [PairVerdict]) {
        let both = verdicts.compactMap(\.isConsistent)
        pairs = both.count
        consistentPairs = both.count { $0 }
        let all = verdicts.flatMap { [$0.straight, $0.swapped] }.compactMap(\.self)
        decided = all.count { $0 != .tie }
        firstSlot = all.count { $0 == .first }
    }

    /// Nil without pairs.
    public var consistency: Double? { pairs > 0 ? Double(consistentPairs) / Double(pairs) : nil }
    /// ½ of a judge without a bias; nil without a decided verdict.
    public var firstSlotRate: Double? {
        decided > 0 ? Double(firstSlot) / Double(decided) : nil
    }
}
