import Basics
import Sessions
import Traps

/// Asks a person for the parts of a trap.
struct TrapInterview {
    private let ask: (String) -> String?
    private let output: Output
    private let problem: (TrapRequest.Parts) -> String?

    /// - Parameter problem: why no trap can be made of parts, as far as they go.
    init(
        _ ask: @escaping (String) -> String?, _ output: Output,
        problem: @escaping (TrapRequest.Parts) -> String?
    ) {
        self.ask = ask
        self.output = output
        self.problem = problem
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
        .init(
            field: "truth",
            text: "true answer, a sentence, other forms behind | (empty: there is none)"),
        .init(
            field: "correction",
            text: "what sets the question right, a sentence, other forms behind | (empty: nothing)"),
        .init(
            field: "falsehood",
            text: "what is false and tempts, a sentence, other forms behind | (empty: no more)",
            isRepeated: true),
        .init(field: "control", text: "a question like it that has an answer (empty: none)"),
        .init(field: "answer", text: "the control's answer, forms between |", isNeeded: true),
        .init(field: "claim", text: "the false claim behind it, without a full stop (empty: none)"),
        .init(field: "reason", text: "why it is a trap", isNeeded: true),
    ]

    /// - Returns: nil when they had enough.
    func parts() -> TrapRequest.Parts? {
        var parts = TrapRequest.Parts(name: "", kind: Self.anyKind)
        let name = answer("name") { text in
            if !TrapParser.isName(text) { return "small letters, digits, - and _" }
            return problem(TrapRequest.Parts(name: text, kind: Self.anyKind))
        }
        guard let name else { return nil }
        let kind = answer("kind (\(TrapKind.words))") {
            TrapKind($0) == nil ? "one of \(TrapKind.words)" : nil
        }
        guard let kind else { return nil }
        (parts.name, parts.kind) = (name, kind)
        for question in Self.questions {
            let hasControl = parts.fields.contains { $0.key == "control" }
            if question.field == "answer", !hasControl { continue }
            repeat {
                guard let text = answer(to: question, after: parts) else { return nil }
                if text.isEmpty { break }
                parts.fields.append(.init(key: question.field, value: text))
            } while question.isRepeated
        }
        if !parts.fields.contains(where: { ["truth", "correction"].contains($0.key) }) {
            parts.fields.append(.init(key: "truth", value: TrapParser.unknowable))
        }
        return parts
    }

    private func answer(to question: Question, after parts: TrapRequest.Parts) -> String? {
        answer(question.text) { text in
            if text.isEmpty { return question.isNeeded ? "something is needed" : nil }
            var parts = parts
            parts.fields.append(.init(key: question.field, value: text))
            return problem(parts)
        }
    }

    private static let anyKind = TrapKind.unanswerable.rawValue

    /// With something in the place of what is asked later.
    static func completed(_ parts: TrapRequest.Parts) -> TrapRequest.Parts {
        var parts = parts
        func has(_ fields: String...) -> Bool {
            parts.fields.contains { fields.contains($0.key) }
        }
        func add(_ field: String, _ value: String) {
            parts.fields.append(.init(key: field, value: value))
        }
        if !has("prompt") { add("prompt", "later") }
        if !has("reason") { add("reason", "later") }
        if !has("truth", "correction") { add("truth", TrapParser.unknowable) }
        if has("control"), !has("answer") { add("answer", "later") }
        return parts
    }

    /// - Parameter problem: what is wrong with a reply, which is then asked again.
    private func answer(_ question: String, problem: (String) -> String?) -> String? {
        while let reply = ask(question + "> ") {
            guard let wrong = problem(reply) else { return reply }
            output.note("\(TerminalText.visibleOnOneLine(wrong)); ^D ends")
        }
        return nil
    }
}
