import Basics
import LanguageModels

/// What a judge is asked for one answer, by a rubric.
struct ScoringPrompt {
    let rubric: Rubric
    let answer: JudgedAnswer

    /// The rubric with the answer in it.
    private var material: (text: String, rule: String) {
        let none = "(none)"
        let values: [Rubric.Placeholder: String] = [
            .question: answer.question, .response: answer.response,
            .reference: answer.references.joined(separator: "\n\nor:\n\n"),
            .system: answer.system.isEmpty ? none : answer.system,
        ]
        let used = Rubric.Placeholder.allCases.filter { rubric.prompt.contains("{\($0.rawValue)}") }
        let fence = Fence(used.map { values[$0] ?? "" })
        // One pass: a placeholder in a text is text.
        var text = ""
        for (index, part) in rubric.prompt.split(
            separator: "{", omittingEmptySubsequences: false
        ).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}"),
                let placeholder = Rubric.Placeholder(rawValue: String(part[..<end]))
            else {
                text += part
                continue
            }
            text += fence.around(values[placeholder] ?? "", placeholder.rawValue)
            text += part[part.index(after: end)...]
        }
        return (text, fence.rule)
    }

    private var criteria: String {
        rubric.criteria.map {
            "- \($0.name), 0 to \($0.points) points: \($0.description)"
        }.joined(separator: "\n")
    }

    /// Asks for a JSON object.
    var messages: [Message] {
        let (text, rule) = material
        let shape =
            "{\"reason\": \"one sentence\", \"criteria\": {"
            + rubric.criteria.map { "\"\($0.name)\": 0" }.joined(separator: ", ") + "}}"
        return [
            Message(
                role: "system",
                content: "You score answers strictly and fairly by a rubric. \(rule)\n\n"
                    + "Criteria:\n\(criteria)\n\nFirst give the reason in one sentence, then the "
                    + "points of each criterion, whole numbers. Answer with this JSON object and "
                    + "nothing else:\n\(shape)"),
            Message(role: "user", content: text),
        ]
    }

    /// What the reply to ``numberMessages`` begins with.
    static let numberOpening = "Score: "

    /// Asks for a number only.
    var numberMessages: [Message] {
        let (text, rule) = material
        return [
            Message(
                role: "system",
                content: "You score answers strictly and fairly by a rubric. \(rule)\n\n"
                    + "Criteria:\n\(criteria)\n\nAnswer with \(Self.numberOpening)and the sum of the "
                    + "points, a whole number from 1 to \(Rubric.total), and nothing else."),
            Message(role: "user", content: text),
        ]
    }

    /// The shape of a reply, as JSON Schema.
    var schema: JSON {
        var points = JSONObject()
        for criterion in rubric.criteria {
            points[criterion.name] = [
                "type": "integer", "minimum": 0, "maximum": .integer(criterion.points),
            ]
        }
        return Self.object([
            ("reason", ["type": "string"]),
            (
                "criteria",
                Self.object(points.members.map { ($0.key, $0.value) })
            ),
        ])
    }

    /// An object with exactly these members.
    static func object(_ members: [(String, JSON)]) -> JSON {
        var properties = JSONObject()
        for (name, schema) in members { properties[name] = schema }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(members.map { .string($0.0) }), "additionalProperties": false,
        ]
    }
}
