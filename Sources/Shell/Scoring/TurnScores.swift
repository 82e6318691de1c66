import LanguageModels
import Metrics

/// The answers of turns, scored.
struct TurnScores {
    let rows: [ScoreRow]

    /// - Parameter isTogether: whether rows for all turns together follow.
    init(_ turns: [Turn], _ metrics: [Metric], isTogether: Bool) {
        var rows: [ScoreRow] = []
        for turn in turns {
            let scored = turn.answers.map { Self.scored([($0, turn.references)], metrics) }
            for (index, metric) in metrics.enumerated() {
                let entries = zip(turn.answers, scored).map { answer, scored in
                    ScoreRow.Entry(
                        variant: answer.variant,
                        score: scored?.score(0, index) ?? .unscored(Self.failure),
                        numerics: answer.numerics)
                }
                rows.append(
                    ScoreRow(
                        subject: .turn(turn.number), metric: metric.name,
                        references: turn.references, entries: entries))
            }
        }
        self.rows = isTogether ? rows + Self.together(turns, metrics) : rows
    }

    private static let failure = "the answer failed"

    private static func together(_ turns: [Turn], _ metrics: [Metric]) -> [ScoreRow] {
        var variants: [String] = []
        for answer in turns.flatMap(\.answers) where !variants.contains(answer.variant) {
            variants.append(answer.variant)
        }
        let columns = variants.map { variant in
            let answers = turns.flatMap { turn in
                turn.answers.filter { $0.variant == variant }.map { ($0, turn.references) }
            }
            return (variant, answers, scored(answers, metrics))
        }
        return metrics.enumerated().map { index, metric in
            let entries = columns.map { variant, answers, scored in
                let numerics = answers[0].0.numerics
                let count =
                    scored.map { scored in
                        (0..<scored.count).count { scored.score($0, index).value != nil }
                    } ?? 0
                return ScoreRow.Entry(
                    variant: variant, score: scored?.totals[index] ?? .unscored(failure),
                    unscored: count == 0 ? 0 : answers.count - count,
                    numerics: answers.allSatisfy { $0.0.numerics == numerics } ? numerics : nil)
            }
            return ScoreRow(
                subject: .turns(turns.count), metric: metric.name, references: [],
                entries: entries)
        }
    }

    /// Nil where every answer failed.
    private static func scored(_ answers: [(Answer, [String])], _ metrics: [Metric]) -> ScoredItems?
    {
        let items = answers.filter { $0.0.finish != .error }.map {
            ScoredItem(answer: $0.0.text, references: $0.1)
        }
        return items.isEmpty ? nil : ScoredItems(items, metrics: metrics, threads: 1)
    }
}
