import Basics
import Glibc
import LanguageModels
import Sessions

/// Takes up a session where it was left.
extension Interpreter {
    /// Restores what the journal holds: variants are loaded again, answers are not generated again.
    /// What cannot be restored is said. Then goes on with the command that was cut off, and with the
    /// rest of the scripts that were running.
    /// - Throws: what the command that was cut off, or the rest of a script, throws.
    public func resume() throws(TandemError) {
        guard let journal else { return }
        let session = KeptSession(journal.records)
        var problems = journal.warnings
        if let folder = session.folder, chdir(folder) != 0 {
            problems.append(
                "its folder \(HomePath.shortened(folder)) is gone: relative paths begin here")
        }
        journal.isPaused = true
        output.isSilent = true
        var restorer = SessionRestorer(self)
        for step in session.steps where step.isFinished { restorer.restore(step) }
        restorer.restoreRuns()
        output.isSilent = false
        journal.isPaused = false
        journal.add(["type": "resumed", "time": .string(UTCTime().iso8601)])
        output.note(
            "resumed \(journal.id ?? ""): \(turns.count == 1 ? "1 turn" : "\(turns.count) turns")"
                + (lineup.isEmpty ? "" : ", " + lineup.joined(separator: " and ")))
        for problem in problems + restorer.problems { output.note(TerminalText.visible(problem)) }
        try goOn(with: session)
    }

    private func goOn(with session: KeptSession) throws(TandemError) {
        var failure: TandemError?
        if let step = session.unfinished {
            do throws(TandemError) {
                try goOn(with: step)
            } catch {
                failure = error
            }
        }
        for script in session.openScripts.reversed() {
            do throws(TandemError) {
                if let failure {
                    journal?.endScript(isLast: true)
                    throw failure.inScript(script.file, line: script.line)
                }
                let rest = try Script(
                    script.text, file: script.file, variables: script.variables)
                try finish(rest, file: script.file, after: script.line)
            } catch {
                failure = error
            }
            if script.isSourced { journal?.end(failure, isLast: true) }
        }
        if let failure { throw failure }
    }

    /// Goes on with a command that was cut off; what it had finished is not done again.
    private func goOn(with step: KeptSession.Step) throws(TandemError) {
        guard let command = try CommandParser.parse(step.text) else { return }
        if step.hasEndedScript {
            journal?.end(isLast: true)
            return
        }
        let shown = TerminalText.visibleOnOneLine(step.text)
        if command.restoring == .nothing {
            output.note("was cut off, and is not repeated: \(shown)")
            journal?.end(isLast: true)
            return
        }
        output.note("goes on with: \(shown)")
        unfinishedTurns = KeptTurn.turns(of: step).map { turn in
            var turn = turn
            turn.answers += gone(turn)
            return turn
        }
        let runs = step.results("run") + step.results("trap_run")
        begunRun = runs.last?["journal"]?.string
        defer { (unfinishedTurns, begunRun) = ([], nil) }
        for record in step.results("reply") { recorder.add(.record(record)) }
        try finish(command)
    }

    /// Who gave an answer before the session was resumed, as far as it is known.
    func identity(_ variant: String, in turn: KeptTurn) -> TurnIdentity {
        if let fingerprint = turn.fingerprints[variant] {
            return .recorded(fingerprint: fingerprint)
        }
        guard !changedVariants.contains(variant), let known = try? source.identity(of: variant)
        else { return .recorded(fingerprint: nil) }
        return .loaded(known)
    }

    /// Stand in for answers that cannot be generated any more.
    private func gone(_ turn: KeptTurn) -> [Answer] {
        let names = source.variants.map(\.name) + turn.answers.map(\.variant)
        return turn.plan.requests.filter { !names.contains($0.variant) }.map { request in
            let answer = Answer(missing: request, "\(request.variant) could not be loaded again")
            note(answer.record(turn: (turn.plan.number, turn.plan.prompt), fingerprint: nil))
            return answer
        }
    }
}

extension TandemError {
    /// The same with the place of the script's command that failed, where it has no place yet.
    func inScript(_ script: String, line: Int) -> TandemError {
        file != nil
            ? self : TandemError(code, message, file: script, line: line, remedy: remedy)
    }
}

extension Answer {
    /// Stands for an answer that is not there.
    init(missing request: GenerationRequest, _ reason: String) {
        self.init(
            variant: request.variant, text: "", tokenIDs: [], promptTokenCount: 0, finish: .error,
            detail: reason, firstTokenMilliseconds: 0, tokensPerSecond: 0,
            seed: request.settings.seed, numerics: request.settings.numerics)
    }
}
