import Basics
import Judging
import LanguageModels
import LineEditor
import Sessions

/// `/judge`: a variant scores answers by a rubric.
extension Interpreter {
    /// Calls beyond this are announced with what they will take.
    private static let largeBatch = 20

    func judge(_ judging: Command.Judging) throws(TandemError) {
        let turns = JudgedTurns(try turns(judging.turns))
        let rubric = try judges.rubrics.rubric(judging.rubric ?? "general")
        let name = try judgeName(judging.judge, beside: turns.variants)
        let judge = Judge(judges.caller, name: name, rubric: rubric)
        let whole = turns.entries.filter { $0.failure == nil }.map(\.answer)
        let asked = whole + Canaries.answers
        let before = judges.caller.usage
        if !judging.isWeighted {
            let (calls, characters) = try judge.outstanding(
                asked, repetitions: judging.repetitions)
            if calls > Self.largeBatch {
                output.note(
                    "\(calls) calls to \(name), about \(characters / 4) prompt tokens "
                        + "(a token for 4 bytes)" + cost(name, characters / 4, 0))
            }
        }
        let all = try InterruptFlag.watching { () throws(TandemError) -> [[Judgement]]? in
            if judging.isWeighted {
                return try judge.weigh(asked, isInterrupted: { InterruptFlag.isRaised })?
                    .map { [$0] }
            }
            return try judge.judge(
                asked, repetitions: judging.repetitions,
                isInterrupted: { InterruptFlag.isRaised },
                onProgress: { progress($0, of: $1) })
        }
        guard let all else { return interruptJudging() }
        var rest = all[...]
        let judgements = turns.entries.map { entry in
            entry.failure.map { [Judgement(.unscored($0))] } ?? rest.removeFirst()
        }
        let report = JudgeReport(
            judge: name, rubric: rubric, entries: turns.entries, judgements: judgements,
            canaries: rest.map { $0[0] })
        output.renderer.result(report.table, events: report.events)
        for (entry, score) in report.scores {
            judges.keep("\(name) by \(rubric.name)", entry, score)
        }
        for line in report.notes { output.note(line) }
        noteUsage(of: name, since: before)
    }

    /// What tokens cost, where the price is known.
    private func cost(_ judge: String, _ promptTokens: Int, _ tokens: Int) -> String {
        let price = source.variants.first { $0.name == judge }?.remote?.price
        return price.map {
            ", \(Numbers.fixed($0.cost(promptTokens: promptTokens, tokens: tokens), 4)) to pay"
        } ?? ""
    }

    /// How many calls are answered, on a terminal.
    func progress(_ finished: Int, of count: Int) {
        output.progress(finished < count ? "\(finished) of \(count) calls" : nil)
    }

    func interruptJudging() {
        wasInterrupted = true
        output.progress(nil)
        output.note("interrupted: calls that were finished are kept and not made again")
    }

    func noteUsage(of judge: String, since before: JudgeCaller.Usage) {
        let usage = judges.caller.usage
        let (calls, cached) = (usage.calls - before.calls, usage.cachedCalls - before.cachedCalls)
        if calls + cached == 0 { return }
        var text = "\(calls) calls, \(cached) known from before"
        if calls > 0 {
            let promptTokens = usage.promptTokens - before.promptTokens
            let tokens = usage.tokens - before.tokens
            text += "; \(promptTokens) prompt tokens, \(tokens) tokens"
            text += cost(judge, promptTokens, tokens)
            let uncounted = usage.uncountedCalls - before.uncountedCalls
            if uncounted > 0 { text += "; the server did not count those of \(uncounted) calls" }
        }
        output.note(text)
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
