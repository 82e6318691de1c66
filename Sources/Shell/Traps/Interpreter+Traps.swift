import Basics
import Sessions
import Traps

/// `/trap`: making traps, looking at them, running them.
extension Interpreter {
    var trapLibrary: TrapLibrary { TrapLibrary(folder: HomePath.trapFolder) }

    func handleTrap(_ request: TrapRequest) throws(TandemError) {
        switch request {
        case .new(.ask):
            guard let ask else {
                throw TandemError(
                    .usage, "there is nobody to ask",
                    remedy: "give the parts, /trap new NAME KIND --prompt TEXT …, or a block of "
                        + "fields behind /trap new \"\"\"")
            }
            let interview = TrapInterview(ask, output) { [self] in problem(with: $0) }
            guard let parts = interview.parts() else { return output.note("no trap was made") }
            try addTraps(traps(of: parts))
        case .new(.text(let text)):
            try addTraps(TrapParser(file: "the block").traps(text))
        case .new(.parts(let parts)): try addTraps(traps(of: parts))
        case .add(let parts): try addTraps(traps(of: try withTurn(parts)))
        case .list(let name): try listTraps(name)
        case .show(let name): try showTrap(name)
        case .run(let run): try runTraps(run)
        case .save(let name): try saveTraps(name)
        case .importing(let file, let set): try importTraps(file, set)
        }
    }

    /// What the last turn gives where the parts do not: the prompt, and its references as the truth.
    private func withTurn(_ parts: TrapRequest.Parts) throws(TandemError) -> TrapRequest.Parts {
        guard let turn = turns.last else { throw noTurn }
        let names = turn.answers.map(\.variant).joined(separator: ", ")
        return Self.filled(
            parts, prompt: turn.prompt, truths: turn.references, reason: "seen with \(names)")
    }

    /// A trap of a run's item: its prompt, its references, and the wrong answer where it is short.
    func addTrap(_ parts: TrapRequest.Parts, of item: FailureReport.Item, in report: FailureReport)
        throws(TandemError)
    {
        let file = try lookedAtRun().results.file
        var parts = parts
        parts.name = TrapParser.name(from: "\(Self.stem(of: file))-\(item.row.label)")
        if let answer = Self.falsehood(item, report),
            !parts.fields.contains(where: { $0.key == "falsehood" })
        {
            parts.fields.append(.init(key: "falsehood", value: answer))
        }
        let failure =
            Self.fails(item, report) ? ": \(report.variants[report.column]) fails it" : ""
        let place = "item \(item.row.label) of \(HomePath.shortened(file))"
        try addTraps(
            traps(
                of: Self.filled(
                    parts, prompt: item.row.prompt, truths: item.row.references,
                    reason: place + failure)))
    }

    private static func fails(_ item: FailureReport.Item, _ report: FailureReport) -> Bool {
        item.scores[report.column].value.map { !report.mark.passes($0) } ?? false
    }

    /// The answer that failed, where it is short and does not hold what is true.
    private static func falsehood(_ item: FailureReport.Item, _ report: FailureReport) -> String? {
        let answer = item.answers[report.column].text
        guard fails(item, report), !answer.isEmpty, answer.count <= 60,
            !answer.contains(where: { $0.isNewline || $0 == "|" })
        else { return nil }
        let holdsTruth = item.row.references.contains {
            answer.lowercased().contains($0.lowercased())
        }
        return holdsTruth ? nil : answer
    }

    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.split(separator: ".").first.map { String($0) } ?? "run"
    }

    /// With what is not given: the prompt, references as the truth, and why it is a trap.
    private static func filled(
        _ parts: TrapRequest.Parts, prompt: String, truths: [String], reason: String
    ) -> TrapRequest.Parts {
        var parts = parts
        func has(_ field: String) -> Bool { parts.fields.contains { $0.key == field } }
        if !has("prompt") { parts.fields.insert(.init(key: "prompt", value: prompt), at: 0) }
        if !has("truth"), !has("correction"), !truths.isEmpty {
            let forms = truths.map { $0.replacing("|", with: "/") }
            parts.fields.append(.init(key: "truth", value: forms.joined(separator: " | ")))
        }
        if !has("reason") {
            parts.fields.append(.init(key: "reason", value: reason))
        }
        return parts
    }

    private func traps(of parts: TrapRequest.Parts) throws(TandemError) -> [Trap] {
        var parts = parts
        let saysTruth = parts.fields.contains { ["truth", "correction"].contains($0.key) }
        if !saysTruth, TrapKind(parts.kind)?.isUnknowable == true {
            parts.fields.append(.init(key: "truth", value: TrapParser.unknowable))
        }
        let text = parts.fields.reduce("## \(parts.name): \(parts.kind)\n") { text, field in
            text + TrapParser.line(field.key, field.value) + "\n"
        }
        do throws(TandemError) {
            return try TrapParser(file: "the trap").traps(text)
        } catch {
            throw TandemError(error.code, error.message, remedy: error.remedy)
        }
    }

    /// Why no trap can be made of `parts`, as far as they go.
    private func problem(with parts: TrapRequest.Parts) -> String? {
        do throws(TandemError) {
            let known = try? trapLibrary.traps(TrapLibrary.ownName)
            if known?.contains(where: { $0.id == parts.name }) == true {
                return "another trap is called \(parts.name)"
            }
            _ = try traps(of: TrapInterview.completed(parts))
            return nil
        } catch {
            return error.message
        }
    }

    private func addTraps(_ traps: [Trap], to set: String = TrapLibrary.ownName)
        throws(TandemError)
    {
        if traps.isEmpty {
            throw TandemError(.usage, "there is no trap", remedy: "begin with ## NAME: KIND")
        }
        let count = try trapLibrary.add(traps, to: set)
        let path = HomePath.shortened(try trapLibrary.path(of: set))
        let isUnknowable = traps[0].truth.isEmpty && traps[0].corrections.isEmpty
        let what =
            traps.count == 1
            ? traps[0].id + (isUnknowable ? ", to which no answer is true," : "")
            : "\(traps.count) traps"
        output.note(
            count == traps.count
                ? "\(what) added to \(path)"
                : "\(what): \(traps.count - count) were in \(path) already")
    }

    private func importTraps(_ file: String, _ set: String?) throws(TandemError) {
        let path = HomePath.expanded(file)
        let name = path.split(separator: "/").last ?? ""
        let stem = name.split(separator: ".").first.map { String($0) } ?? "imported"
        let word = TrapParser.name(from: stem)
        let traps = try TrapImport(TextFile.read(path), file: path, stem: word).traps
        try addTraps(traps, to: set ?? word)
    }

    private func listTraps(_ name: String?) throws(TandemError) {
        let traps = try TrapSelection(library: trapLibrary).traps(name.map { [$0] } ?? [])
        output.renderer.result(
            ScoreTable(
                header: ["trap", "kind", "prompt"],
                rows: traps.map { [$0.id, $0.kind.rawValue, $0.prompt] }, nameCount: 2,
                endsWithText: true),
            events: traps.map { TrapEvents.listed($0) })
    }

    private func showTrap(_ name: String) throws(TandemError) {
        let item = lastTraps?.items.first { $0.trap.id == name }
        guard let item, let results = lastTraps else {
            let traps = try TrapSelection(library: trapLibrary).traps([name])
            for trap in traps {
                output.renderer.result(
                    ScoreTable(
                        header: ["field", "value"], rows: TrapReport.fields(of: trap), nameCount: 1,
                        endsWithText: true), events: [TrapEvents.listed(trap)])
            }
            return
        }
        TrapReport(results).show(item, output.renderer)
    }
}
