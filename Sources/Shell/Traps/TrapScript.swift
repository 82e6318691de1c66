import Basics
import Sessions
import Traps

/// The commands that ask the traps of a run again and state what was right with each answer.
///
/// Nothing is expected of an answer that was wrong or unclear: a comment says so. What is expected holds
/// for the answers of the run.
struct TrapScript {
    let results: TrapResults

    var commands: [Command] {
        results.items.flatMap { item -> [Command] in
            [.comment("\(item.trap.id): \(Self.line(item.trap.reason))")]
                + item.answered.flatMap { answered in
                    [.prompt(answered.prompt)] + expectations(answered, of: item.trap)
                }
        }
    }

    private func expectations(_ answered: TrapResults.Answered, of trap: Trap) -> [Command] {
        let checks = answered.outcomes.map { check($0, answered.part, of: trap) }
        if let first = checks.first, let check = first, checks.allSatisfy({ $0 == first }) {
            return [.expect(.answer(of: nil, check))]
        }
        return zip(results.variants, zip(checks, answered.outcomes)).map { name, pair in
            let (check, outcome) = pair
            if let check { return .expect(.answer(of: name, check)) }
            let what =
                switch outcome {
                case .found(let finding): finding.found.label
                case .unscored(let reason): "unscored, " + reason
                }
            return .comment("\(name) was \(Self.line(what)): nothing is expected")
        }
    }

    private static func line(_ text: String) -> String { text.replacing("\n", with: " ") }

    /// Nil where the answer was not right, or no check of a script says what made it so.
    private func check(
        _ outcome: TrapResults.Outcome, _ part: TrapPart, of trap: Trap
    ) -> Expectation.Check? {
        guard let finding = outcome.finding else { return nil }
        switch finding.found {
        case .fabricated, .overRefused, .unclear: return nil
        case .abstained: return .refuses
        case .correct, .corrected:
            let said = finding.rules.filter {
                [.truth, .correction, .denial].contains($0.name) && !$0.evidence.contains("\n")
            }.map(\.evidence)
            if said.isEmpty {
                return finding.rules.contains { $0.name == .refusal } ? .refuses : nil
            }
            return .contains(said + Self.forms(part, of: trap).filter { !said.contains($0) })
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
}

extension Interpreter {
    func saveTraps(_ name: String) throws(TandemError) {
        guard let results = lastTraps, !results.items.isEmpty else {
            throw TandemError(
                .notFound, "there is no run of traps to save", remedy: "begin with /trap run")
        }
        let path = HomePath.expanded(name.hasSuffix(".tandem") ? name : name + ".tandem")
        let loading = recorder.commands.map(\.command).filter { command in
            switch command {
            case .load, .adapter, .unload: true
            default: false
            }
        }
        let system = systemMessage.isEmpty ? [] : [Command.system(systemMessage)]
        _ = try write(
            Self.sets(settings) + loading + [.lineup(results.variants)] + system
                + TrapScript(results: results).commands, to: path)
        let shown = HomePath.shortened(path)
        output.note(
            "saved \(shown): tandem run \(shown) checks it; with --accept it records its answers, "
                + "for --check")
    }
}
