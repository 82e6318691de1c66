import Basics
import Judging
import LanguageModels
import LineEditor
import Sessions
import Traps

/// `/trap run`: traps, their controls and their variants through the lineup, as one batch.
extension Interpreter {
    /// Requests for log-odds that are scored in one call.
    private static let oddsLimit = 64
    /// From this many points on a judge takes an answer for right, and up to this many for wrong.
    private static let (rightPoints, wrongPoints) = (Audit.passing, 3.0)

    func runTraps(_ request: TrapRequest.Run) throws(TandemError) {
        let traps = try TrapSelection(library: trapLibrary).traps(request.names)
        let lineup = try answering()
        let judge = try request.judge.map { name throws(TandemError) in
            try judgeName(name, beside: lineup)
        }
        let asked = TrapPart.all(of: traps, seed: request.varies ? settings.seed : nil)
        let rows = asked.enumerated().map { $1.part.row(of: $1.trap, number: $0 + 1) }
        let plan = try plan("traps", rows, [], 0)
        let run = BatchRun(
            plan, settings: settings,
            journal: try journal(
                plan, in: HomePath.trapRunsFolder, type: "trap_run", startsAnew: request.startsAnew)
        )
        try InterruptFlag.watching { () throws(TandemError) in try run.run(source, output) }
        wasInterrupted = !run.isComplete
        var results = TrapResults(asked, run.results(system: systemMessage))
        if !wasInterrupted { try addOdds(to: &results) }
        if !wasInterrupted, let judge { try rule(&results, by: judge) }
        lastTraps = results
        TrapReport(results).show(output)
        if wasInterrupted {
            output.note(
                "interrupted: the table is of \(results.items.count) of \(traps.count) traps; the "
                    + "same /trap run goes on from there")
        }
    }

    private func messages(_ prompt: String) -> [Message] {
        (systemMessage.isEmpty ? [] : [Message(role: "system", content: systemMessage)])
            + [Message(role: "user", content: prompt)]
    }

    // MARK: Log-odds

    private func addOdds(to results: inout TrapResults) throws(TandemError) {
        let items = results.items.indices.filter {
            TrapOdds.texts(of: results.items[$0].trap).count > 1
        }
        let requests = items.flatMap { index -> [ContinuationRequest] in
            let trap = results.items[index].trap
            return results.variants.map {
                ContinuationRequest(
                    variant: $0, prompt: .chat(messages(trap.prompt)),
                    continuations: TrapOdds.texts(of: trap), numerics: settings.numerics)
            }
        }
        guard
            let scored = try InterruptFlag.watching({ () throws(TandemError) in
                try score(requests)
            })
        else {
            wasInterrupted = true
            return
        }
        for (place, index) in items.enumerated() {
            let texts = TrapOdds.texts(of: results.items[index].trap)
            let count = results.variants.count
            results.items[index].odds = scored[place * count..<(place + 1) * count].map { result in
                result.map { TrapOdds(texts, $0) }.mapError { TrapOdds.Reason(text: $0.message) }
            }
        }
    }

    private func score(_ requests: [ContinuationRequest]) throws(TandemError)
        -> [Result<[ContinuationProbability], TandemError>]?
    {
        var scored: [Result<[ContinuationProbability], TandemError>] = []
        defer { output.progress(nil) }
        while scored.count < requests.count {
            let part = Array(requests[scored.count...].prefix(Self.oddsLimit))
            guard
                let some = try source.logProbabilities(
                    part, isInterrupted: { InterruptFlag.isRaised })
            else { return nil }
            scored += some
            output.progress("log-odds of \(scored.count) of \(requests.count) prompts")
        }
        return scored
    }

    // MARK: A judge

    /// Asks a judge for what no rule decided; its points and reason are kept as a rule.
    private func rule(_ results: inout TrapResults, by name: String) throws(TandemError) {
        let places = results.unclear
        let answers = places.map { place in
            let item = results.items[place.item]
            let answered = item.answered[place.part]
            return JudgedAnswer(
                question: answered.prompt, response: answered.answers[place.variant].text,
                references: answered.part.references(of: item.trap), system: systemMessage)
        }
        let judge = Judge(
            judges.caller, name: name, rubric: try judges.rubrics.rubric("factual"))
        let before = judges.caller.usage
        let judgements = try InterruptFlag.watching { () throws(TandemError) in
            try judge.judge(
                answers, isInterrupted: { InterruptFlag.isRaised },
                onProgress: { progress($0, of: $1) })
        }
        guard let judgements else { return interruptJudging() }
        for (place, judgement) in zip(places, judgements.map { $0[0] }) {
            let answered = results.items[place.item].answered[place.part]
            guard var finding = answered.outcomes[place.variant].finding else { continue }
            Self.apply(judgement, to: &finding)
            results.items[place.item].answered[place.part].outcomes[place.variant] = .found(finding)
        }
        noteUsage(of: name, since: before)
    }

    private static func apply(_ judgement: Judgement, to finding: inout TrapFinding) {
        switch judgement.outcome {
        case .score(let points):
            finding.rules.append(.init(.judge, "\(Numbers.short(points)): \(judgement.reason)"))
            if points >= rightPoints {
                finding.found = .correct
            } else if points <= wrongPoints {
                finding.found = .fabricated
            }
        case .unscored(let reason): finding.rules.append(.init(.judge, "unscored: \(reason)"))
        }
    }
}
