import Basics
import Judging
import LanguageModels

/// Answers of turns, or of a run's rows, as a judge gets them.
struct JudgedAnswers {
    struct Entry {
        /// Of the turn or the row.
        let number: Int
        /// What people call the turn or the row by.
        let label: String
        let variant: String
        /// Why there is nothing to judge.
        let failure: String?
        let answer: JudgedAnswer
    }

    let entries: [Entry]
    let variants: [String]
    /// Whether they are of a run's rows.
    let isRun: Bool

    init(_ turns: [Turn]) {
        isRun = false
        entries = turns.flatMap { turn in
            zip(turn.requests, turn.answers).map { request, answer in
                var system = ""
                if case .chat(let messages) = request.prompt {
                    system = messages.first { $0.role == "system" }?.content ?? ""
                }
                let isWhole = answer.finish != .error && answer.finish != .interrupted
                return Entry(
                    number: turn.number, label: String(turn.number), variant: answer.variant,
                    failure: isWhole ? nil : "the answer is not whole: \(answer.finish.rawValue)",
                    answer: JudgedAnswer(
                        question: turn.prompt, response: answer.text,
                        references: turn.references, system: system))
            }
        }
        var names: [String] = []
        for entry in entries where !names.contains(entry.variant) { names.append(entry.variant) }
        variants = names
    }

    /// Answers that deserve nothing, as those of turn 0.
    static let worthless = JudgedAnswers(
        entries: Canaries.answers.enumerated().map { number, answer in
            Entry(
                number: 0, label: "0", variant: "worthless \(number + 1)", failure: nil,
                answer: answer)
        }, variants: [], isRun: false)

    private init(entries: [Entry], variants: [String], isRun: Bool) {
        self.entries = entries
        self.variants = variants
        self.isRun = isRun
    }

    init(_ run: RunResults) {
        isRun = true
        variants = run.variants
        entries = run.items.flatMap { item in
            zip(run.variants, item.answers).map { variant, answer in
                Entry(
                    number: item.row.number, label: item.row.label, variant: variant,
                    failure: answer.failure,
                    answer: JudgedAnswer(
                        question: item.row.prompt, response: answer.text,
                        references: item.row.references, system: item.row.system ?? run.system))
            }
        }
    }

    /// Whether there is more than one turn or row.
    var areSeveral: Bool { entries.contains { $0.number != entries[0].number } }

    /// What a result says of where an answer stands.
    func place(_ entry: Entry) -> [(key: String, value: JSON)] {
        isRun
            ? [("row", .integer(entry.number)), ("item", .string(entry.label))]
            : [("turn", .integer(entry.number))]
    }

    /// A result as an event.
    func event(_ name: String, _ entry: Entry, _ members: [(key: String, value: JSON)]) -> JSON {
        var object = JSONObject()
        object["event"] = .string(name)
        for member in place(entry) + members { object[member.key] = member.value }
        return .object(object)
    }

    /// Those of one turn or row together, without those that are not whole.
    var whole: [[Entry]] {
        var groups: [[Entry]] = []
        for entry in entries where entry.failure == nil {
            if groups.last?.first?.number == entry.number {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return groups
    }
}
