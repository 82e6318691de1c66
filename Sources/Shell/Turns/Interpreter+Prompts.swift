import Basics
import LanguageModels
import Sessions

/// From commands to requests, and from choices to turns.
extension Interpreter {
    func prompt(_ text: String) throws(TandemError) {
        let user = Message(role: "user", content: text)
        let system =
            systemMessage.isEmpty ? [] : [Message(role: "system", content: systemMessage)]
        try generate(
            text,
            try answering().map { name in
                let past = keepsConversation ? conversations[name] ?? [] : []
                return GenerationRequest(
                    variant: name, prompt: .chat(system + past + [user]), settings: settings)
            })
    }

    func complete(_ text: String) throws(TandemError) {
        try generate(
            text,
            try answering().map {
                GenerationRequest(variant: $0, prompt: .completion(text), settings: settings)
            })
    }

    func again(_ assignments: [Command.Assignment]) throws(TandemError) {
        guard let last = turns.last else { throw noTurn }
        var once = settings
        for assignment in assignments {
            try Setting.apply(assignment.key, assignment.value, to: &once)
        }
        try generate(
            last.prompt,
            last.requests.map {
                GenerationRequest(variant: $0.variant, prompt: $0.prompt, settings: once)
            }, references: last.references)
    }

    func answering() throws(TandemError) -> [String] {
        let names = lineup
        if names.isEmpty {
            throw TandemError(
                .usage, "no model is loaded", remedy: "load one with /load PATH, or /load demo")
        }
        return names
    }

    func show(_ number: Int?) throws(TandemError) {
        for turn in try turns(number.map { .number($0) } ?? .all) { output.showTurn(turn) }
    }

    func turns(_ choice: TurnChoice) throws(TandemError) -> [Turn] {
        guard let last = turns.last else { throw noTurn }
        switch choice {
        case .last: return [last]
        case .all: return turns
        case .run:
            throw TandemError(
                .usage, "a run's rows are no turns", remedy: "/failures shows the rows of a run")
        case .number(let number):
            if turns.indices.contains(number - 1) { return [turns[number - 1]] }
            throw TandemError(
                .usage, "there is no turn \(number)", remedy: "turns go from 1 to \(turns.count)")
        }
    }
}
