import Basics
import Judging
import Metrics

/// How often one variant's answers were better than another's.
struct PairWins {
    let first: String
    let second: String
    private(set) var firstWins = 0
    private(set) var secondWins = 0
    /// Ties, and pairs of which the order decides.
    private(set) var undecided = 0
    private(set) var unscored = 0

    init(first: String, second: String) {
        self.first = first
        self.second = second
    }

    mutating func add(_ verdict: PairVerdict) {
        guard let share = verdict.secondShare else {
            unscored += 1
            return
        }
        if share == 0.5 {
            undecided += 1
        } else if share > 0.5 {
            secondWins += 1
        } else {
            firstWins += 1
        }
    }

    private var decided: Int { firstWins + secondWins }

    /// Wilson's, of the second's share of the decided pairs.
    private var interval: ClosedRange<Double>? {
        WilsonInterval.interval(successes: secondWins, of: decided)
    }

    /// Of the sign test: McNemar's exact test is one.
    private var p: Double? {
        decided > 0 ? McNemarTest.p(gained: secondWins, lost: firstWins) : nil
    }

    var text: String {
        var text = "\(second) is better in \(secondWins) pairs, \(first) in \(firstWins)"
        if undecided > 0 { text += ", neither in \(undecided)" }
        if unscored > 0 { text += ", unscored \(unscored)" }
        guard let interval, let p else { return text }
        func percent(_ share: Double) -> String { Numbers.fixed(share * 100, 0) }
        return text
            + "; \(percent(Double(secondWins) / Double(decided))) % of \(decided) decided ones "
            + "[\(percent(interval.lowerBound)), \(percent(interval.upperBound))], "
            + "sign test p \(Numbers.p(p))"
    }

    var event: JSON {
        [
            "event": "wins", "first": .string(first), "second": .string(second),
            "first_wins": .integer(firstWins), "second_wins": .integer(secondWins),
            "undecided": .integer(undecided), "unscored": .integer(unscored),
            "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? nil,
            "p": p.map { .number($0) } ?? nil,
        ]
    }
}
