import Basics
import Sessions
import Traps

/// Asks a person for the parts of a trap.
struct TrapInterview {
    private let ask: (String) -> String?
    private let output: Output

    init(_ ask: @escaping (String) -> String?, _ output: Output) {
        self.ask = ask
        self.output = output
    }

    private struct Question {
        let field: String
        let text: String
        var isNeeded = false
        /// Whether it is asked until nothing is said.
        var isRepeated = false
    }

    private static let questions: [Question] = [
        .init(field: "prompt", text: "prompt", isNeeded: true),
        .init(field: "truth", text: "true answer, forms between | (empty: there is none)"),
        .init(field: "correction", text: "what sets the question right (empty: nothing)"),
        .init(
            field: "falsehood", text: "what is false and tempts (empty: no more)", isRepeated: true),
        .init(field: "control", text: "a question like it that has an answer (empty: none)"),
        .init(field: "answer", text: "the control's answer, forms between |", isNeeded: true),
        .init(field: "claim", text: "the false claim behind it, without a full stop (empty: none)"),
        .init(field: "reason", text: "why it is a trap", isNeeded: true),
    ]

    /// - Returns: nil when they had enough.
    func parts() -> TrapRequest.Parts? {
        guard
            let name = answer(
                "name", until: { TrapParser.isName($0) }, "small letters, digits, - and _")
        else { return nil }
        guard
            let kind = answer(
                "kind (\(TrapKind.words))", until: { TrapKind($0) != nil },
                "one of \(TrapKind.words)")
        else { return nil }
        var parts = TrapRequest.Parts(name: name, kind: kind)
        for question in Self.questions {
            let hasControl = parts.fields.contains { $0.key == "control" }
            if question.field == "answer", !hasControl { continue }
            repeat {
                guard
                    let text = answer(
                        question.text, until: { !question.isNeeded || !$0.isEmpty },
                        "something is needed")
                else { return nil }
                if text.isEmpty { break }
                parts.fields.append(.init(key: question.field, value: text))
            } while question.isRepeated
        }
        if !parts.fields.contains(where: { ["truth", "correction"].contains($0.key) }) {
            parts.fields.append(.init(key: "truth", value: TrapParser.unknowable))
        }
        return parts
    }

    private func answer(_ question: String, until isRight: (String) -> Bool, _ rule: String)
        -> String?
    {
        while let reply = ask(question + "> ") {
            if isRight(reply) { return reply }
            output.note("\(rule); ^D ends")
        }
        return nil
    }
}
