import Basics
import LanguageModels

/// What a judge is asked about two answers to one question.
struct PairPrompt {
    let rubric: Rubric
    let first: JudgedAnswer
    let second: JudgedAnswer

    static let schema: JSON = ScoringPrompt.object([
        ("reason", ["type": "string"]), ("better", ["type": "string", "enum": ["A", "B", "tie"]]),
    ])

    var messages: [Message] {
        let criteria = rubric.criteria.map { "- \($0.name): \($0.description)" }
            .joined(separator: "\n")
        let references =
            rubric.needsReference ? first.references.joined(separator: "\n\nor:\n\n") : ""
        let fence = Fence([
            first.system, first.question, references, first.response, second.response,
        ])
        var parts: [String] = []
        if !first.system.isEmpty {
            parts.append(
                "Both were given these instructions:\n" + fence.around(first.system, "system"))
        }
        parts.append("The question:\n" + fence.around(first.question, "question"))
        if !references.isEmpty {
            parts.append("What is known to be right:\n" + fence.around(references, "reference"))
        }
        parts.append("Answer A:\n" + fence.around(first.response, "a"))
        parts.append("Answer B:\n" + fence.around(second.response, "b"))
        return [
            Message(
                role: "system",
                content:
                    "You compare two answers strictly and fairly. Their order, their length and "
                    + "their names say nothing about them. \(fence.rule)\n\nWhat counts:\n\(criteria)"
                    + "\n\nFirst give the reason in one sentence, then A, B or tie. Answer with this "
                    + "JSON object and nothing else:\n{\"reason\": \"one sentence\", \"better\": "
                    + "\"A\"}"),
            Message(role: "user", content: parts.joined(separator: "\n\n")),
        ]
    }
}
