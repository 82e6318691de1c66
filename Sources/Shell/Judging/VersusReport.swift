import Basics
import Judging

/// Verdicts on pairs as a table, as events, and how far they depend on the order.
struct VersusReport {
    struct Pair {
        let first: JudgedTurns.Entry
        let second: JudgedTurns.Entry
    }

    let judge: String
    let rubric: Rubric
    let pairs: [Pair]
    let verdicts: [PairVerdict]

    /// All pairs of whole answers of one turn, in the order of the lineup.
    static func pairs(of entries: [JudgedTurns.Entry]) -> [Pair] {
        let whole = entries.filter { $0.failure == nil }
        return whole.indices.flatMap { first in
            whole.indices.filter { $0 > first && whole[$0].turn == whole[first].turn }
                .map { Pair(first: whole[first], second: whole[$0]) }
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
                    String(pair.first.turn), pair.first.variant, pair.second.variant,
                    winner(pair, verdict),
                    verdict.failures.first ?? verdict.reasons.first ?? "",
                ]
            }, endsWithText: true)
    }

    var events: [JSON] {
        zip(pairs, verdicts).map { pair, verdict in
            var object = JSONObject()
            object["event"] = "versus"
            object["turn"] = .integer(pair.first.turn)
            object["judge"] = .string(judge)
            object["rubric"] = .string(rubric.name)
            object["first"] = .string(pair.first.variant)
            object["second"] = .string(pair.second.variant)
            if let share = verdict.secondShare {
                object["second_share"] = .number(share)
            } else {
                object["unscored"] = .string(verdict.failures.first ?? "there is no verdict")
            }
            object["straight"] = (verdict.straight?.rawValue).map { .string($0) } ?? nil
            object["swapped"] = (verdict.swapped?.rawValue).map { .string($0) } ?? nil
            object["reasons"] = .array(verdict.reasons.map { .string($0) })
            return .object(object)
        }
    }

    var notes: [String] {
        let bias = OrderBias(verdicts)
        var notes: [String] = []
        let unscored = verdicts.count { $0.secondShare == nil }
        if unscored > 0 { notes.append("\(unscored) of \(verdicts.count) pairs are unscored") }
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
