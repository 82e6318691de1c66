import Basics
import LanguageModels
import Traps

/// The JSON events of traps.
enum TrapEvents {
    /// A trap itself.
    static func listed(_ trap: Trap) -> JSON {
        func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return [
            "event": "trap_entry", "trap": .string(trap.id), "kind": .string(trap.kind.rawValue),
            "prompt": .string(trap.prompt), "truth": texts(trap.truth),
            "corrections": texts(trap.corrections),
            "falsehoods": .array(trap.falsehoods.map(texts)),
            "control": trap.control.map {
                ["prompt": .string($0.prompt), "answers": texts($0.answers)]
            } ?? nil,
            "reason": .string(trap.reason), "claim": trap.claim.map { .string($0) } ?? nil,
            "entities": texts(trap.entities), "names": texts(trap.names),
        ]
    }

    static func events(_ results: TrapResults) -> [JSON] {
        results.items.flatMap { answers($0, results) + odds($0, results) }
    }

    /// One for each part and variant.
    static func answers(_ item: TrapResults.Item, _ results: TrapResults) -> [JSON] {
        item.answered.flatMap { answered in
            results.variants.enumerated().map { index, variant in
                let answer = answered.answers[index]
                var event: JSON = [
                    "event": "trap", "trap": .string(item.trap.id),
                    "kind": .string(item.trap.kind.rawValue), "part": .string(answered.part.name),
                    "variant": .string(variant), "prompt": .string(answered.prompt),
                    "text": .string(answer.text), "finish": .string(answer.finish.rawValue),
                    "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
                ]
                if answered.part == .trap, let stability = item.stability(of: index) {
                    event = event.adding("stability", .number(stability))
                }
                switch answered.outcomes[index] {
                case .unscored(let reason): return event.adding("unscored", .string(reason))
                case .found(let finding):
                    return event.adding("class", .string(finding.found.rawValue))
                        .adding(
                            "rules",
                            .array(
                                finding.rules.map {
                                    [
                                        "rule": .string($0.name.rawValue),
                                        "evidence": .string($0.evidence),
                                    ]
                                }))
                }
            }
        }
    }

    /// One for each variant; none for a trap without falsehoods.
    static func odds(_ item: TrapResults.Item, _ results: TrapResults) -> [JSON] {
        guard let all = item.odds else { return [] }
        let baseline = try? all[0].get()
        return zip(results.variants, all).enumerated().map { index, pair in
            let event: JSON = [
                "event": "trap_odds", "trap": .string(item.trap.id),
                "kind": .string(item.trap.kind.rawValue), "variant": .string(pair.0),
                "numerics": .string(results.numerics.label),
            ]
            switch pair.1 {
            case .failure(let reason): return event.adding("unscored", .string(reason.text))
            case .success(let odds):
                let moved: JSON =
                    index == 0
                    ? nil
                    : baseline.map { .number(odds.hardestPerToken - $0.hardestPerToken) } ?? nil
                return event.adding("truth", continuation(odds.truth))
                    .adding(
                        "falsehoods",
                        .array(
                            odds.falsehoods.map {
                                continuation($0).adding("log_odds", .number(odds.logOdds($0)))
                                    .adding(
                                        "log_odds_per_token", .number(odds.logOddsPerToken($0)))
                            })
                    )
                    .adding("truth_first", .bool(odds.isTruthFirst))
                    .adding("hardest_per_token", .number(odds.hardestPerToken))
                    .adding("moved_per_token", moved)
            }
        }
    }

    private static func continuation(_ part: TrapOdds.Continuation) -> JSON {
        [
            "text": .string(part.text),
            "log_probability": .number(part.probability.logProbability),
            "tokens": .integer(part.probability.tokenCount),
        ]
    }

    /// One for each measure, kind and variant beside the first.
    static func summaries(_ summary: TrapSummary, _ numerics: Numerics) -> [JSON] {
        summary.rows.flatMap { row in
            let others = Array(row.columns.indices.dropFirst())
            return (others.isEmpty ? [0] : others).map { column in
                self.summary(row, column, summary.variants).adding(
                    "numerics", .string(numerics.label))
            }
        }
    }

    private static func summary(_ row: TrapSummary.Row, _ column: Int, _ names: [String]) -> JSON {
        var variants = JSONObject()
        for index in Set([0, column]).sorted() {
            let column = row.columns[index]
            variants[names[index]] = [
                "mean": number(column.estimate?.mean), "interval": ends(column.estimate?.interval),
                "unscored": .integer(column.unscoredCount),
            ]
        }
        let difference = row.difference(of: column)
        let comparison = difference?.comparison
        return [
            "event": "trap_summary", "measure": .string(row.measure.rawValue),
            "kind": .string(row.kind?.rawValue ?? "all"), "n": .integer(row.count),
            "variants": .object(variants), "baseline": column == 0 ? nil : .string(names[0]),
            "variant": .string(names[column]),
            "pairs": comparison.map { .integer($0.count) } ?? nil,
            "delta": number(comparison?.delta), "interval": ends(comparison?.interval),
            "test": comparison.map { .string($0.test.rawValue) } ?? nil,
            "p": number(comparison?.p), "p_adjusted": number(difference?.adjustedP),
            "mde": number(comparison?.smallestEffect),
            "verdict": difference.map { .string($0.verdict.word) } ?? nil,
        ]
    }

    private static func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? nil }

    private static func ends(_ interval: ClosedRange<Double>?) -> JSON {
        interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? nil
    }
}
