import Basics
import Judging
import LanguageModels
import LineEditor
import Metrics
import Sessions

/// `/judge`: a variant scores answers by a rubric.
extension Interpreter {
    func judge(_ judging: Command.Judging) throws(TandemError) {
        let answers = try judged(judging.turns)
        let rubric = try judges.rubrics.rubric(judging.rubric ?? "general")
        let name = try judgeName(judging.judge, beside: answers.variants)
        let judge = Judge(judges.caller, name: name, rubric: rubric)
        let whole = answers.entries.filter { $0.failure == nil }.map(\.answer)
        let asked = whole + Canaries.answers
        let before = judges.caller.usage
        announce(
            try judging.isWeighted
                ? judge.outstandingWeights(asked)
                : judge.outstanding(asked, repetitions: judging.repetitions), to: name)
        let all = try InterruptFlag.watching { () throws(TandemError) -> [[Judgement]]? in
            if judging.isWeighted {
                return try judge.weigh(
                    asked, isInterrupted: { InterruptFlag.isRaised },
                    onProgress: { progress($0, of: $1) })?.map { [$0] }
            }
            return try judge.judge(
                asked, repetitions: judging.repetitions,
                isInterrupted: { InterruptFlag.isRaised },
                onProgress: { progress($0, of: $1) })
        }
        guard let all else { return interruptJudging() }
        var rest = all[...]
        let judgements = answers.entries.map { entry in
            entry.failure.map { [Judgement(.unscored($0))] } ?? rest.removeFirst()
        }
        let report = JudgeReport(
            judge: name, rubric: rubric, answers: answers, judgements: judgements,
            canaries: rest.map { $0[0] })
        judges.keep(report.scores, of: JudgeRoom.group(name, rubric.name, isRun: answers.isRun))
        showJudged(
            report.table, report.judgementEvents, [report.canaryEvent], of: answers,
            as: GivenScores.judge, notes: report.notes)
        noteUsage(of: name, since: before)
    }

    /// The answers of turns, or of the last run.
    func judged(_ choice: TurnChoice) throws(TandemError) -> JudgedAnswers {
        choice == .run
            ? JudgedAnswers(try lookedAtRun().results) : JudgedAnswers(try turns(choice))
    }

    /// Shows what a judge said: of turns each word, with what it comes to; of a run people see the
    /// table of all its scores.
    /// - Parameter more: events that belong to no answer.
    func showJudged(
        _ table: ScoreTable, _ events: [JSON], _ more: [JSON], of answers: JudgedAnswers,
        as measure: Measure, notes: [String]
    ) {
        if answers.isRun {
            keep([["type": "judging", "measure": .string(measure.name)]] + events.map(\.record))
            output.renderer.result(table, events: events + more, lines: { _ in [] })
            if let lastRun { output.renderer.summary(lastRun.summary) }
        } else {
            output.renderer.result(table, events: events + more)
            if answers.areSeveral {
                let given = GivenScores.all(events.map(\.record), answers.variants)
                for scores in given {
                    output.renderer.summary(RunSummary(Measurements(turns: scores)))
                }
            }
        }
        for line in notes { output.note(line) }
    }

    /// Keeps what was said of the last run's answers.
    func keep(_ records: [JSON]) {
        do throws(TandemError) {
            for warning in try lastRun?.add(records) ?? [] { output.note(warning) }
        } catch {
            output.note(
                "this is not kept beyond the session: " + TerminalText.visible(error.description))
        }
    }

    /// - Parameter variants: whose answers are judged.
    func judgeName(_ wanted: String?, beside variants: [String]) throws(TandemError) -> String {
        let loaded = source.variants.map(\.name)
        var name = wanted ?? judges.lastJudge.flatMap { loaded.contains($0) ? $0 : nil }
        if name == nil {
            let others = loaded.filter { !variants.contains($0) }
            if others.count == 1 { name = others[0] }
        }
        guard let name else {
            throw TandemError(
                .usage, "there is no judge yet", remedy: "name a variant with --by NAME")
        }
        guard loaded.contains(name) else {
            throw TandemError(
                .notFound, "no variant is called \(name)",
                remedy: "loaded: \(loaded.joined(separator: ", "))")
        }
        judges.lastJudge = name
        let all = source.variants
        let own = all.first { $0.name == name }
        let same = all.first { other in
            variants.contains(other.name) && other.modelPath == own?.modelPath
                && other.adapterPath == own?.adapterPath
        }
        if let same {
            output.note(
                same.name == name
                    ? "\(name) judges its own answers: judges prefer those"
                    : "\(name) is the model behind \(same.name): judges prefer their own answers")
        }
        return name
    }
}
