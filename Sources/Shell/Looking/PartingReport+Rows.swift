import Basics
import LanguageModels

/// The same in full, for programs and tables.
extension PartingReport {
    static let header = [
        "turn", "first", "second", "position", "token", "of", "model", "p", "logprob", "rank",
    ]

    /// One for each token and model.
    var rows: [[String]] {
        guard case .tokens(let shared, _, _) = parting, reason == nil else {
            return [[String(turn)] + names + [reason ?? ""] + Array(repeating: "", count: 6)]
        }
        return sides.flatMap { side -> [[String]] in
            let start = [String(turn)] + names + [String(shared)]
            guard let choices = side.choices else {
                return [start + ["", "", side.variant, "unscored: " + (side.reason ?? ""), "", ""]]
            }
            return zip(choices, names).map { choice, name in
                start + [
                    TokenText.quoted(choice.token), name, side.variant,
                    Probability.text(choice.logProbability), choice.logProbability.description,
                    String(choice.rank),
                ]
            }
        }
    }

    /// What the sides' variants were asked: of the first answer's token, then of the second's.
    private var tokens: [Token] { sides.lazy.compactMap(\.choices).first?.map(\.token) ?? [] }

    var event: JSON {
        var object = JSONObject()
        object["event"] = "diff"
        object["turn"] = .integer(turn)
        object["first"] = .string(names[0])
        object["second"] = .string(names[1])
        object["same"] = .bool(isSameText)
        object["words"] = .string(
            WordDifference(sides[0].answer.text, sides[1].answer.text)
                .lines(names, usesColour: false, columns: nil).dropFirst().joined())
        if case .tokens(let shared, _, _) = parting, reason == nil {
            object["position"] = .integer(shared)
        } else {
            object["position"] = .null
        }
        object["reason"] = reason.map { .string($0) } ?? nil
        object["choices"] = .array(
            zip(tokens, names).map { token, name in
                TokenText.fields(of: token).adding("variant", .string(name))
            })
        var under = JSONObject()
        for side in sides where side.view != nil {
            if let choices = side.choices {
                under[side.variant] = .array(
                    choices.map {
                        ["logprob": .number($0.logProbability), "rank": .integer($0.rank)]
                    })
            } else {
                under[side.variant] = ["unscored": .string(side.reason ?? "")]
            }
        }
        object["under"] = .object(under)
        object["near_tie"] = .array(sides.filter(\.isNearTie).map { .string($0.variant) })
        object["settings"] = sides[0].sampling.fields
        object["numerics"] = (sides[0].answer.numerics?.label).map { .string($0) } ?? nil
        return .object(object)
    }
}
