import Basics
import Judging

/// Judgements as a table, as events, and what was seen of the judge's biases.
struct JudgeReport {
    let judge: String
    let rubric: Rubric
    let entries: [JudgedTurns.Entry]
    /// [entries][repetitions].
    let judgements: [[Judgement]]
    let canaries: [Judgement]

    private var showsTurns: Bool { Set(entries.map(\.turn)).count > 1 }
    private var hasCriteria: Bool { judgements.contains { $0.contains { !$0.criteria.isEmpty } } }

    /// The mean of the repetitions that have a score.
    private func score(_ repetitions: [Judgement]) -> Double? {
        let scores = repetitions.compactMap(\.score)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// The answers that have a score.
    var scores: [(JudgedTurns.Entry, Double)] {
        zip(entries, judgements).compactMap { entry, repetitions in
            score(repetitions).map { (entry, $0) }
        }
    }

    private func scoreText(_ repetitions: [Judgement]) -> String {
        let unscored = repetitions.count { $0.score == nil }
        guard let score = score(repetitions) else { return "unscored" }
        let isWhole = score == score.rounded()
        return Numbers.fixed(score, isWhole ? 0 : 2)
            + (unscored > 0 ? " (\(unscored) of \(repetitions.count) unscored)" : "")
    }

    var table: ScoreTable {
        let names = hasCriteria ? rubric.criteria.map(\.name) : []
        let rows = zip(entries, judgements).map { entry, repetitions in
            let first = repetitions.first { $0.score != nil } ?? repetitions[0]
            var reason = first.mass.map { "mass \(Numbers.fixed($0, 3))" } ?? first.reason
            if case .unscored(let why) = first.outcome { reason = why }
            return (showsTurns ? [String(entry.turn)] : [])
                + [entry.variant, scoreText(repetitions)]
                + names.map { name in
                    first.criteria.first { $0.criterion == name }.map { String($0.points) } ?? "–"
                } + [reason]
        }
        return ScoreTable(
            header: (showsTurns ? ["turn"] : []) + ["variant", "score"] + names + ["reason"],
            rows: rows + meanRows(names.count), endsWithText: true)
    }

    /// Of several turns, the mean of each variant.
    private func meanRows(_ criteria: Int) -> [[String]] {
        guard showsTurns else { return [] }
        var variants: [String] = []
        for entry in entries where !variants.contains(entry.variant) {
            variants.append(entry.variant)
        }
        return variants.map { variant in
            let scores = zip(entries, judgements).filter { $0.0.variant == variant }
                .map { score($0.1) }
            let known = scores.compactMap(\.self)
            let mean = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
            let unscored = scores.count - known.count
            return ["mean", variant, mean.map { Numbers.fixed($0, 2) } ?? "unscored"]
                + Array(repeating: "", count: criteria)
                + ["of \(known.count)" + (unscored > 0 ? ", \(unscored) unscored" : "")]
        }
    }

    var events: [JSON] {
        var events: [JSON] = []
        for (entry, repetitions) in zip(entries, judgements) {
            for (number, judgement) in repetitions.enumerated() {
                events.append(event(entry, judgement, number))
            }
        }
        let (taken, scored) = Canaries.taken(canaries)
        events.append([
            "event": "canaries", "judge": .string(judge), "rubric": .string(rubric.name),
            "taken": .integer(taken), "scored": .integer(scored),
            "asked": .integer(canaries.count),
        ])
        return events
    }

    private func event(_ entry: JudgedTurns.Entry, _ judgement: Judgement, _ number: Int) -> JSON {
        var object = JSONObject()
        object["event"] = "judgement"
        object["turn"] = .integer(entry.turn)
        object["judge"] = .string(judge)
        object["rubric"] = .string(rubric.name)
        object["variant"] = .string(entry.variant)
        switch judgement.outcome {
        case .score(let score): object["score"] = .number(score)
        case .unscored(let reason): object["unscored"] = .string(reason)
        }
        var criteria = JSONObject()
        for part in judgement.criteria { criteria[part.criterion] = .integer(part.points) }
        object["criteria"] = .object(criteria)
        object["reason"] = .string(judgement.reason)
        object["repetition"] = .integer(number)
        object["mass"] = judgement.mass.map { .number($0) } ?? nil
        object["format"] = (judgement.format?.rawValue).map { .string($0) } ?? nil
        return .object(object)
    }

    /// What was seen of the judge.
    var notes: [String] {
        var notes: [String] = []
        if let agreement = Agreement.ofRepetitions(judgements.map { $0.map(\.score) }) {
            notes.append(
                "repetitions agree in \(Numbers.fixed(agreement * 100, 0)) % of their pairs")
        }
        let scores = scores
        if let correlation = LengthBias.correlation(
            scores: scores.map(\.1),
            lengths: scores.map { $0.0.answer.response.unicodeScalars.count })
        {
            notes.append(
                "rank correlation of score and length: \(Numbers.signed(correlation, 2)) over "
                    + "\(scores.count) answers")
        }
        let (taken, valid) = Canaries.taken(canaries)
        if taken > 0 {
            notes.append(
                "\(judge) is taken in: \(taken) of \(valid) worthless answers got more than "
                    + "\(Numbers.short(Canaries.limit)); its scores say little")
        }
        if valid < canaries.count {
            notes.append(
                "\(canaries.count - valid) of \(canaries.count) worthless answers, put to \(judge) "
                    + "as a test, got no score that can be read")
        }
        return notes
    }
}
