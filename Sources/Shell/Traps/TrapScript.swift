import Basics
import Metrics
import Sessions
import Traps

/// The commands that ask the traps of a run again and state what was right with each answer.
///
/// Nothing is expected of an answer that was wrong or unclear: a comment says so. What is expected holds
/// for the answers of the run.
struct TrapScript {
    let results: TrapResults

    /// Entries of a script.
    var entries: [String] {
        results.items.flatMap { item -> [String] in
            [
                Command.comment("\(item.trap.id): \(item.trap.reason.replacing("\n", with: " "))")
                    .text
            ]
                + item.answered.flatMap { answered in
                    [Command.prompt(answered.prompt).text] + expectations(answered, of: item.trap)
                }
        }
    }

    private func expectations(_ answered: TrapResults.Answered, of trap: Trap) -> [String] {
        let checks = zip(answered.outcomes, answered.answers).map { outcome, answer in
            check(outcome, answer.text, answered.part, of: trap)
        }
        if let first = checks.first, let check = first, checks.allSatisfy({ $0 == first }) {
            return ["/expect all " + check]
        }
        return zip(results.variants, zip(checks, answered.outcomes)).map { name, pair in
            let (check, outcome) = pair
            if let check { return "/expect \(Self.words([name])) " + check }
            let what =
                switch outcome {
                case .found(let finding): finding.found.label
                case .unscored(let reason): "unscored, " + reason
                }
            return Command.comment(
                "\(name) was \(what.replacing("\n", with: " ")): nothing is expected"
            ).text
        }
    }

    /// Nil where the answer was not right, or no check of a script says what made it so.
    private func check(
        _ outcome: TrapResults.Outcome, _ answer: String, _ part: TrapPart, of trap: Trap
    ) -> String? {
        guard let finding = outcome.finding else { return nil }
        switch finding.found {
        case .fabricated, .overRefused, .unclear: return nil
        case .abstained: return "refuses"
        case .correct, .corrected:
            let said = finding.rules.filter {
                [.truth, .correction, .denial].contains($0.name) && !$0.evidence.contains("\n")
            }.map(\.evidence)
            if said.isEmpty { return Refusal(in: answer) == nil ? nil : "refuses" }
            let forms = Self.forms(part, of: trap).filter { !said.contains($0) }
            return "contains " + Self.words(said + forms)
        }
    }

    /// Where a form must stand is more than a script can say.
    private static func forms(_ part: TrapPart, of trap: Trap) -> [String] {
        let forms =
            switch part {
            case .trap: trap.truth + trap.corrections
            case .control(let control): control.answers
            case .variation(let variation): variation.trap.truth + variation.trap.corrections
            }
        return forms.filter { !$0.hasPrefix("^") }
    }

    private static func words(_ forms: [String]) -> String {
        forms.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
            .joined(separator: " ")
    }
}

extension Interpreter {
    func saveTraps(_ name: String) throws(TandemError) {
        guard let results = lastTraps, !results.items.isEmpty else {
            throw TandemError(
                .notFound, "there is no run of traps to save", remedy: "begin with /trap run")
        }
        let loading = recorded.filter { command in
            switch command {
            case .load, .adapter, .unload: true
            default: false
            }
        }
        try save(
            name, settings: settings,
            entries: loading.map(\.text) + [Command.lineup(results.variants).text]
                + (systemMessage.isEmpty ? [] : [Command.system(systemMessage).text])
                + TrapScript(results: results).entries)
    }
}
