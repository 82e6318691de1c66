import Judging
import LanguageModels

/// The answers of some turns, as a judge gets them.
struct JudgedTurns {
    struct Entry {
        let turn: Int
        let variant: String
        /// Why there is nothing to judge.
        let failure: String?
        let answer: JudgedAnswer
    }

    let entries: [Entry]

    init(_ turns: [Turn]) {
        entries = turns.flatMap { turn in
            zip(turn.requests, turn.answers).map { request, answer in
                var system = ""
                if case .chat(let messages) = request.prompt {
                    system = messages.first { $0.role == "system" }?.content ?? ""
                }
                let isWhole = answer.finish != .error && answer.finish != .interrupted
                return Entry(
                    turn: turn.number, variant: answer.variant,
                    failure: isWhole ? nil : "the answer is not whole: \(answer.finish.rawValue)",
                    answer: JudgedAnswer(
                        question: turn.prompt, response: answer.text,
                        references: turn.references, system: system))
            }
        }
    }

    var variants: [String] {
        var names: [String] = []
        for entry in entries where !names.contains(entry.variant) { names.append(entry.variant) }
        return names
    }
}
