import Basics
import Metrics

/// Makes a trap of its section, and checks that it can be used.
struct TrapReader {
    static let fields = [
        "prompt", "truth", "correction", "falsehood", "control", "answer", "reason", "claim",
        "entity", "names",
    ]

    private let section: TrapParser.Section
    private let file: String

    init(_ section: TrapParser.Section, file: String) {
        self.section = section
        self.file = file
    }

    /// - Throws: `malformed`, with line and field.
    func trap() throws(TandemError) -> Trap {
        for field in section.fields where !Self.fields.contains(field.name) {
            throw wrong(
                "there is no field \(field.name)", field.line,
                "fields are " + Self.fields.joined(separator: ", "))
        }
        let (id, kind) = try heading()
        var trap = Trap(
            id: id, kind: kind, prompt: try text("prompt"), reason: try text("reason"))
        let truth = try forms("truth")
        let isUnknowable = truth == [TrapParser.unknowable]
        if truth.count > 1, truth.contains(TrapParser.unknowable) {
            throw wrong("truth is known and cannot be known", line("truth"))
        }
        trap.truth = isUnknowable ? [] : truth
        trap.corrections = try forms("correction")
        if truth.isEmpty, trap.corrections.isEmpty {
            throw wrong(
                "\(id) does not say what is true", section.line,
                "give it a truth or a correction, with | between forms, or the truth "
                    + "\"\(TrapParser.unknowable)\"")
        }
        for field in section.fields where field.name == "falsehood" {
            trap.falsehoods.append(try forms(of: field))
        }
        trap.control = try control()
        trap.claim = try optional("claim")
        trap.entities = try forms("entity")
        trap.names = try forms("names")
        try check(trap)
        return trap
    }

    private func heading() throws(TandemError) -> (String, TrapKind) {
        let parts = section.heading.split(separator: ":", maxSplits: 1).map {
            TrapParser.trimmed(String($0))
        }
        guard parts.count == 2 else {
            throw wrong("\(section.heading) is not NAME: KIND", section.line)
        }
        if !TrapParser.isName(parts[0]) {
            throw wrong(
                "a trap cannot be called \"\(parts[0])\"", section.line,
                "use small letters, digits, - and _")
        }
        guard let kind = TrapKind(parts[1]) else {
            throw wrong(
                "there is no kind \(parts[1])", section.line, "kinds are " + TrapKind.words)
        }
        return (parts[0], kind)
    }

    private func line(_ name: String) -> Int {
        section.fields.first { $0.name == name }?.line ?? section.line
    }

    private func optional(_ name: String) throws(TandemError) -> String? {
        let fields = section.fields.filter { $0.name == name }
        if fields.count > 1 { throw wrong("\(name) stands there twice", fields[1].line) }
        guard let field = fields.first else { return nil }
        if field.value.isEmpty { throw wrong("\(name) is empty", field.line) }
        return field.value
    }

    private func text(_ name: String) throws(TandemError) -> String {
        guard let text = try optional(name) else {
            throw wrong("the trap has no \(name)", section.line, "add a line \(name): …")
        }
        return text
    }

    private func forms(_ name: String) throws(TandemError) -> [String] {
        var all: [String] = []
        for field in section.fields where field.name == name { all += try forms(of: field) }
        return all
    }

    private func forms(of field: TrapParser.Field) throws(TandemError) -> [String] {
        let forms = field.value.split(separator: "|", omittingEmptySubsequences: false).map {
            TrapParser.trimmed($0.split(separator: "\n").joined(separator: " "))
        }
        for form in forms where AnswerWords(form).words.isEmpty {
            throw wrong(
                "\(field.name) has the form \"\(form)\", without a letter or digit", field.line,
                "forms are separated by |, and | does not stand at an end")
        }
        return forms
    }

    private func control() throws(TandemError) -> Trap.Control? {
        let (prompt, answers) = (try optional("control"), try forms("answer"))
        guard let prompt else {
            if answers.isEmpty { return nil }
            throw wrong("answer has no control that it answers", line("answer"))
        }
        if answers.isEmpty { throw wrong("control has no answer", line("control")) }
        return .init(prompt: prompt, answers: answers)
    }

    private func check(_ trap: Trap) throws(TandemError) {
        let right = Set((trap.truth + trap.corrections).map(FormFinder.key))
        for form in trap.falsehoods.flatMap(\.self) where right.contains(FormFinder.key(form)) {
            throw wrong("\"\(form)\" is true and a falsehood", line("falsehood"))
        }
        if let entity = trap.entities.first, !trap.prompt.contains(entity) {
            throw wrong(
                "entity begins with \(entity), which the prompt does not hold", line("entity"))
        }
        if !trap.entities.isEmpty, trap.entities.count < 2 {
            throw wrong("entity names no other", line("entity"), "write entity: THIS | OTHER")
        }
        if !trap.names.isEmpty, trap.names.count != 2 {
            throw wrong("names are not two", line("names"), "write names: ONE | OTHER")
        }
        for name in trap.names where !trap.prompt.contains(name) {
            throw wrong("names has \(name), which the prompt does not hold", line("names"))
        }
    }

    private func wrong(_ message: String, _ line: Int, _ remedy: String? = nil) -> TandemError {
        TandemError(.malformed, message, file: file, line: line, remedy: remedy)
    }
}
