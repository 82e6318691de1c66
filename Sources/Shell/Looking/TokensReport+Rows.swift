import Basics
import LanguageModels

/// The same in full, for programs and tables.
extension TokensReport {
    /// A row for each token.
    var table: ScoreTable {
        let others = answer.others
        return ScoreTable(
            header: ["turn", "variant", "position", "token", "text", "p", "logprob", "rank"]
                + others.flatMap { view in
                    ["p", "logprob", "rank", "prefers"].map { "\(view.variant) \($0)" }
                },
            rows: answer.own.enumerated().map { place, score in
                [
                    String(answer.turn), answer.answer.variant, String(place),
                    String(score.token.id), TokenText.quoted(score.token),
                ] + Self.cells(score)
                    + others.flatMap { view in
                        guard let other = view.scores?[place] else {
                            return ["unscored: " + view.reason, "", "", ""]
                        }
                        return Self.cells(other)
                            + [other.best.first.map { TokenText.quoted($0.token) } ?? ""]
                    }
            })
    }

    private static func cells(_ score: TokenScore) -> [String] {
        [
            Probability.text(score.logProbability), score.logProbability.description,
            String(score.rank),
        ]
    }

    /// An event for each token, then one for the answer.
    var events: [JSON] {
        let texts = answer.texts
        let tokens = answer.own.enumerated().map { place, score -> JSON in
            var object = JSONObject()
            object["event"] = "token"
            object["turn"] = .integer(answer.turn)
            object["variant"] = .string(answer.answer.variant)
            object["position"] = .integer(place)
            for (key, value) in TokenText.fields(of: score.token).object?.members ?? [] {
                object[key] = value
            }
            object["is_shown"] = .bool(!score.text.isEmpty && score.text == texts[place])
            for (key, value) in Self.fields(score).members { object[key] = value }
            object["under"] = under { .object(Self.fields($0[place])) }
            return .object(object)
        }
        return tokens + [summary]
    }

    private var summary: JSON {
        var object = JSONObject()
        object["event"] = "tokens"
        object["turn"] = .integer(answer.turn)
        object["variant"] = .string(answer.answer.variant)
        object["tokens"] = .integer(answer.own.count)
        object["finish"] = .string(answer.answer.finish.rawValue)
        for (key, value) in Self.totals(answer.own).members { object[key] = value }
        object["under"] = under { scores in
            var object = Self.totals(scores)
            object["changes"] = .array(answer.changes(scores).map { .integer($0) })
            return .object(object)
        }
        object["settings"] = answer.sampling.fields
        object["numerics"] = (answer.answer.numerics?.label).map { .string($0) } ?? nil
        return .object(object)
    }

    /// What `fields` gives of every other variant that has scores; of the rest, why it has none.
    private func under(_ fields: ([TokenScore]) -> JSON) -> JSON {
        var object = JSONObject()
        for view in answer.others {
            object[view.variant] =
                view.scores.map(fields) ?? ["unscored": .string(view.reason)]
        }
        return .object(object)
    }

    private static func fields(_ score: TokenScore) -> JSONObject {
        var object = JSONObject()
        object["logprob"] = .number(score.logProbability)
        object["rank"] = .integer(score.rank)
        object["best"] = .array(
            score.best.map {
                TokenText.fields(of: $0.token).adding("logprob", .number($0.logProbability))
            })
        return object
    }

    private static func totals(_ scores: [TokenScore]) -> JSONObject {
        var object = JSONObject()
        object["perplexity"] =
            Probability.perplexity(scores.map(\.logProbability)).map { .number($0) } ?? nil
        object["first_choices"] = .integer(scores.count { $0.rank == 1 })
        return object
    }
}
