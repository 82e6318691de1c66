/// What a judge said of two answers, seen in both orders.
public struct PairVerdict: Sendable, Equatable {
    public enum Preference: String, Sendable, CaseIterable {
        case first, second, tie
    }

    /// With the first variant's answer in the first place; nil where the reply was none.
    public var straight: Preference?
    /// With the second variant's answer in the first place: `first` is then the second variant's.
    public var swapped: Preference?
    public var reasons: [String] = []
    /// Why an order has no verdict.
    public var failures: [String] = []

    public init() {}

    /// How far the second variant is preferred: 1 in both orders, 0 in none, ½ where the orders
    /// contradict each other; nil unless both are there. The two orders are one observation.
    public var secondShare: Double? {
        guard let straight, let swapped else { return nil }
        return (Self.share(straight) + 1 - Self.share(swapped)) / 2
    }

    /// Whether both orders prefer the same answer; nil unless both are there.
    public var isConsistent: Bool? {
        guard let straight, let swapped else { return nil }
        return Self.share(straight) == 1 - Self.share(swapped)
    }

    /// How far what stands second is preferred.
    private static func share(_ preference: Preference) -> Double {
        switch preference {
        case .first: 0
        case .second: 1
        case .tie: 0.5
        }
    }
}
