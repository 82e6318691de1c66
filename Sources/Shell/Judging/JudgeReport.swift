import Basics
import Judging

/// Judgements as a table, as events, and what was seen of the judge's biases.
struct JudgeReport {
    let judge: String
    let rubric: Rubric
    let answers: JudgedAnswers
    /// [entries][repetitions].
    let judgements: [[Judgement]]
    let canaries: [Judgement]

    private var hasCriteria: Bool { judgements.contains { $0.contains { !$0.criteria.isEmpty } } }

    /// The mean of the repetitions that have a score.
    private func score(_ repetitions: [Judgement]) -> Double? {
        let scores = repetitions.compactMap(\.score)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// The answers that have a score.
    var scores: [(JudgedAnswers.Entry, Double)] {
        zip(answers.entries, judgements).compactMap { entry, repetitions in
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
        let showsPlaces = answers.areSeveral
        let rows = zip(answers.entries, judgements).map { entry, repetitions in
            let first = repetitions.first { $0.score != nil } ?? repetitions[0]
            var reason = first.mass.map { "mass \(Numbers.fixed($0, 3))" } ?? first.reason
            if case .unscored(let why) = first.outcome { reason = why }
            return (showsPlaces ? [entry.label] : [])
                + [entry.variant, scoreText(repetitions)]
                + names.map { name in
                    first.criteria.first { $0.criterion == name }.map { String($0.points) } ?? "–"
                } + [reason]
        }
        return ScoreTable(
            header: (showsPlaces ? ["turn"] : []) + ["variant", "score"] + names + ["reason"],
            rows: rows, endsWithText: true)
    }

    /// One for each judgement.
    var judgementEvents: [JSON] {
        zip(answers.entries, judgements).flatMap { entry, repetitions in
            repetitions.enumerated().map { event(entry, $1, $0) }
        }
    }

    var canaryEvent: JSON {
        let (taken, scored) = Canaries.taken(canaries)
        return [
            "event": "canaries", "judge": .string(judge), "rubric": .string(rubric.name),
            "taken": .integer(taken), "scored": .integer(scored),
            "asked": .integer(canaries.count),
        ]
    }

    private func event(
        _ entry: JudgedAnswers.Entry, _ judgement: Judgement, _ number: Int
    ) -> JSON {
        var criteria = JSONObject()
        for part in judgement.criteria { criteria[part.criterion] = .integer(part.points) }
        let outcome: (String, JSON) =
            switch judgement.outcome {
            case .score(let score): ("score", .number(score))
            case .unscored(let reason): ("unscored", .string(reason))
            }
        return answers.event(
            "judgement", entry,
            [
                ("judge", .string(judge)), ("rubric", .string(rubric.name)),
                ("variant", .string(entry.variant)), outcome, ("criteria", .object(criteria)),
                ("reason", .string(judgement.reason)), ("repetition", .integer(number)),
                ("mass", judgement.mass.map { .number($0) } ?? nil),
                ("format", (judgement.format?.rawValue).map { .string($0) } ?? nil),
            ])
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
