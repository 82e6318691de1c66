import Metrics

/// One variant's score, and how it differs from the first's, as the texts of a table.
struct SummaryCells {
    private let column: RunSummary.Column
    private let difference: RunSummary.Difference?

    init(_ column: RunSummary.Column, _ difference: RunSummary.Difference?) {
        self.column = column
        self.difference = difference
    }

    /// - Parameter isWhole: whether the interval is part of it.
    func mean(isWhole: Bool) -> String {
        guard let estimate = column.estimate else { return "unscored" }
        let unscored = column.unscoredCount
        return Numbers.fixed(estimate.mean, 4)
            + (isWhole ? interval.map { " " + $0 } ?? "" : "")
            + (isWhole && unscored > 0 ? " (\(unscored) unscored)" : "")
    }

    /// Of the mean.
    var interval: String? {
        column.estimate?.interval.map { Self.text($0, Numbers.fixed) }
    }

    var namedInterval: String? { interval.map { "\(column.variant) \($0)" } }

    /// The difference, its interval, p and the verdict.
    /// - Parameter isWhole: whether the reason of the verdict is part of it.
    func difference(isWhole: Bool) -> [String] {
        guard let difference else { return ["–", "–", "–", "unscored"] }
        let comparison = difference.comparison
        return [
            Numbers.signed(comparison.delta, 4),
            comparison.interval.map { Self.text($0, Numbers.signed) } ?? "–",
            Numbers.p(difference.adjustedP),
            isWhole ? Self.verdict(difference.verdict) : difference.verdict.word,
        ]
    }

    /// Why the verdict is inconclusive.
    var reason: String? { difference.flatMap { Self.reason($0.verdict) } }

    private static func text(
        _ interval: ClosedRange<Double>, _ text: (Double, Int) -> String
    ) -> String {
        "[\(text(interval.lowerBound, 3)), \(text(interval.upperBound, 3))]"
    }

    static func verdict(_ verdict: Verdict) -> String {
        verdict.word + (reason(verdict).map { " (\($0))" } ?? "")
    }

    private static func reason(_ verdict: Verdict) -> String? {
        guard case .inconclusive(let reason) = verdict else { return nil }
        return switch reason {
        case .tooFewItems(let effect): "MDE \(Numbers.fixed(effect, 4))"
        case .unknownSpread: "no two rows differ"
        case .noDirection: "neither way is better"
        case .tooFewGroups(let count): "\(count) groups, it takes 6"
        case .belowThreshold: "below the threshold"
        case .withinThreshold: "within the threshold"
        }
    }
}
