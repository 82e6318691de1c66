import Basics

/// A judge beside a person who rated some of the same answers without seeing its scores.
public struct Audit: Sendable, Equatable {
    /// A score from here on passes.
    public static let passing = 6.0
    /// The share of the judged answers that a person is asked about.
    public static let share = 0.15

    private let judged: [Double]
    private let pairs: [(judge: Double, person: Double)]

    /// - Parameters:
    ///   - judged: all of the judge's scores, 1 to 10.
    ///   - rated: of the answers that were drawn, the judge's score and the person's.
    public init(judged: [Double], rated: [(judge: Double, person: Double)]) {
        self.judged = judged
        pairs = rated
    }

    public static func == (left: Audit, right: Audit) -> Bool {
        left.judged == right.judged
            && left.pairs.elementsEqual(right.pairs, by: { $0 == $1 })
    }

    /// The places of the answers that are drawn, in the order in which they are asked about.
    public static func draw(from count: Int, seed: UInt64) -> [Int] {
        let random = CounterRandom(seed: seed, stream: 0x61_75_64_69_74)
        let wanted = Int((share * Double(count)).rounded(.up))
        let order = (0..<count).map { ($0, random.unit(at: UInt64($0))) }
        return order.sorted { $0.1 < $1.1 }.prefix(wanted).map(\.0)
    }

    public var count: Int { pairs.count }

    /// The share of ratings that are at most one apart; nil without ratings.
    public var agreement: Double? {
        guard count > 0 else { return nil }
        return Double(pairs.count { abs($0.judge - $0.person) <= 1 }) / Double(count)
    }

    /// Cohen's κ of passing and failing.
    public var kappa: Double? {
        Agreement.kappa(
            pairs.map { $0.judge >= Self.passing }, pairs.map { $0.person >= Self.passing })
    }

    /// The mean of the person's rating minus the judge's; nil without ratings.
    public var meanDifference: Double? {
        guard count > 0 else { return nil }
        return pairs.reduce(0) { $0 + $1.person - $1.judge } / Double(count)
    }

    /// The share of all judged answers that pass, as the judge has it.
    public var passRate: Double? { Self.rate(judged) }

    /// That share with the judge's errors taken out: (p̂ + q₀ − 1) / (q₀ + q₁ − 1), with the judge's
    /// specificity q₀ and sensitivity q₁ as the person's ratings show them.
    ///
    /// W. J. Rogan and B. Gladen, "Estimating prevalence from the results of a screening test", 1978.
    /// - Returns: nil where q₀ + q₁ ≤ 1 (the judge knows no more than a coin), and where the person
    ///   passed all or none.
    public var correctedPassRate: Double? { Self.corrected(judged, pairs) }

    /// Its 95 % interval: percentiles of 2,000 resamples of the judged and of the rated answers.
    /// - Returns: nil where fewer than half of the resamples give a value.
    /// - Complexity: O(2,000 · answers).
    public func interval(seed: UInt64) -> ClosedRange<Double>? {
        guard correctedPassRate != nil else { return nil }
        var values: [Double] = []
        let resamples = 2000
        for round in 0..<resamples {
            let random = CounterRandom(seed: seed, stream: UInt64(round))
            func pick<Element>(_ list: [Element], _ first: Int) -> [Element] {
                list.indices.map { index in
                    list[Int(random.unit(at: UInt64(first + index)) * Double(list.count))]
                }
            }
            let value = Self.corrected(pick(judged, 0), pick(pairs, judged.count))
            if let value { values.append(value) }
        }
        guard values.count * 2 >= resamples else { return nil }
        values.sort()
        let end = Double(values.count - 1)
        return values[Int(0.025 * end)]...values[Int((0.975 * end).rounded(.up))]
    }

    private static func rate(_ scores: [Double]) -> Double? {
        scores.isEmpty ? nil : Double(scores.count { $0 >= passing }) / Double(scores.count)
    }

    private static func corrected(
        _ judged: [Double], _ pairs: [(judge: Double, person: Double)]
    ) -> Double? {
        let right = pairs.filter { $0.person >= passing }
        let wrong = pairs.filter { $0.person < passing }
        guard let rate = rate(judged), let sensitivity = Self.rate(right.map(\.judge)),
            let misses = Self.rate(wrong.map(\.judge))
        else { return nil }
        let specificity = 1 - misses
        guard specificity + sensitivity > 1 else { return nil }
        return min(1, max(0, (rate + specificity - 1) / (specificity + sensitivity - 1)))
    }
}
