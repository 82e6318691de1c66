import Basics
import LanguageModels

/// The tokens of an answer for people: shades, perplexities, and where another variant would have
/// gone on otherwise.
struct TokensReport {
    let answer: AnswerTokens

    /// Changes that are listed for each variant.
    private static let mostChanges = 8

    private var name: String { answer.answer.variant }

    func lines(_ context: RenderingContext) -> [String] {
        let count = answer.own.count
        var lines = [
            context.bold(
                "turn \(answer.turn): the \(count) token\(count == 1 ? "" : "s") of \(name)")
        ]
        lines += shaded(name, answer.own, context)
        for view in answer.others {
            if let scores = view.scores { lines += shaded(view.variant, scores, context) }
        }
        lines.append("probability: " + ShadedText.legend(context))
        let behind = answer.tokensBehind
        if !behind.isEmpty {
            lines.append(
                "behind the text: " + behind.map(TokenText.quoted).joined(separator: " "))
        }
        lines.append("")
        lines += Self.lines(of: perplexities)
        for view in answer.others {
            if let scores = view.scores { lines += changes(view.variant, scores) }
        }
        return lines + [answer.sampling.line]
    }

    private func shaded(
        _ variant: String, _ scores: [TokenScore], _ context: RenderingContext
    ) -> [String] {
        ["[\(variant)]"] + ShadedText.lines(scores, texts: answer.texts, context)
    }

    /// How well each variant foresees the answer.
    private var perplexities: ScoreTable {
        func row(_ variant: String, _ scores: [TokenScore]) -> [String] {
            let perplexity = Probability.perplexity(scores.map(\.logProbability))
            return [
                variant, perplexity.map { Numbers.fixed($0, 3) } ?? "–",
                "\(scores.count { $0.rank == 1 }) of \(scores.count)",
            ]
        }
        return ScoreTable(
            header: ["under", "perplexity", "first choices"],
            rows: [row(name, answer.own)]
                + answer.others.map { view in
                    view.scores.map { row(view.variant, $0) }
                        ?? [view.variant, "unscored: " + view.reason, ""]
                })
    }

    private func changes(_ variant: String, _ scores: [TokenScore]) -> [String] {
        let places = answer.changes(scores)
        if places.isEmpty { return ["\(variant) has the same first choice everywhere"] }
        let shown = places.prefix(Self.mostChanges)
        let rest = places.count - shown.count
        let table = ScoreTable(
            header: ["token", "text", name, variant, "\(variant) prefers"],
            rows: shown.map { place in
                let best = scores[place].best.first
                return [
                    String(place + 1), TokenText.quoted(answer.own[place].token),
                    Probability.text(answer.own[place].logProbability),
                    Probability.text(scores[place].logProbability),
                    best.map {
                        TokenText.quoted($0.token) + " " + Probability.text($0.logProbability)
                    } ?? "",
                ]
            }, nameCount: 2, endsWithText: true)
        return [
            "\(variant) has another first choice than \(name) at \(places.count) of "
                + "\(answer.own.count) tokens; what changed most first"
        ] + Self.lines(of: table)
            + (rest > 0 ? ["and \(rest) more, which /output json shows"] : [])
    }

    private static func lines(of table: ScoreTable) -> [String] {
        table.visible.text.split(separator: "\n").map { String($0) }
    }
}
