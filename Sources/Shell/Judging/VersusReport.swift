import Basics
import Judging
import Metrics

/// Verdicts on pairs as a table, as events, and how far they depend on the order.
struct VersusReport {
    struct Pair {
        let first: JudgedAnswers.Entry
        let second: JudgedAnswers.Entry
    }

    let judge: String
    let rubric: Rubric
    let answers: JudgedAnswers
    let pairs: [Pair]
    let verdicts: [PairVerdict]

    /// All pairs of whole answers of one turn or row, in the order of the lineup.
    static func pairs(of answers: JudgedAnswers) -> [Pair] {
        answers.whole.flatMap { group in
            group.indices.flatMap { first in
                group[(first + 1)...].map { Pair(first: group[first], second: $0) }
            }
        }
    }

    private func winner(_ pair: Pair, _ verdict: PairVerdict) -> String {
        guard let share = verdict.secondShare else { return "unscored" }
        if verdict.isConsistent == false { return "the order decides" }
        if share == 0.5 { return "tie" }
        return share > 0.5 ? pair.second.variant : pair.first.variant
    }

    var table: ScoreTable {
        ScoreTable(
            header: ["turn", "first", "second", "better", "reason"],
            rows: zip(pairs, verdicts).map { pair, verdict in
                [
                    pair.first.label, pair.first.variant, pair.second.variant,
                    winner(pair, verdict),
                    verdict.failures.first ?? verdict.reasons.first ?? "",
                ]
            }, endsWithText: true)
    }

    /// One for each pair.
    var pairEvents: [JSON] {
        zip(pairs, verdicts).map { pair, verdict in
            let outcome: (String, JSON) =
                verdict.secondShare.map { ("second_share", .number($0)) }
                ?? ("unscored", .string(verdict.failures.first ?? "there is no verdict"))
            return answers.event(
                "versus", pair.first,
                [
                    ("judge", .string(judge)), ("rubric", .string(rubric.name)),
                    ("first", .string(pair.first.variant)),
                    ("second", .string(pair.second.variant)), outcome,
                    ("straight", (verdict.straight?.rawValue).map { .string($0) } ?? nil),
                    ("swapped", (verdict.swapped?.rawValue).map { .string($0) } ?? nil),
                    ("reasons", .array(verdict.reasons.map { .string($0) })),
                ])
        }
    }

    /// How often each variant won against another.
    var wins: [PairWins] {
        var wins: [PairWins] = []
        for (pair, verdict) in zip(pairs, verdicts) {
            let names = (pair.first.variant, pair.second.variant)
            var index = wins.firstIndex { ($0.first, $0.second) == names }
            if index == nil {
                index = wins.count
                wins.append(PairWins(first: names.0, second: names.1))
            }
            if let index { wins[index].add(verdict) }
        }
        return wins
    }

    var notes: [String] {
        let bias = OrderBias(verdicts)
        var notes = answers.areSeveral ? wins.map(\.text) : []
        if bias.pairs > 0 {
            notes.append(
                "both orders agree on \(bias.consistentPairs) of \(bias.pairs) pairs")
        }
        if let rate = bias.firstSlotRate {
            notes.append(
                "what stood first was preferred in \(Numbers.fixed(rate * 100, 0)) % of "
                    + "\(bias.decided) verdicts")
        }
        return notes
    }
}
