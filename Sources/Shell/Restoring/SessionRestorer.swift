import Basics
import LanguageModels
import Sessions

/// Puts an interpreter back to where the finished commands of a session had brought it.
struct SessionRestorer {
    private let interpreter: Interpreter
    /// What could not be restored, for people.
    private(set) var problems: [String] = []
    private var lastRun: String?
    private var lastTraps: KeptTraps?
    /// Whether what a judge said last was of a run.
    private var isRunJudgedLast = false

    /// Records of what is restored as something else than a record.
    private static let restoredTypes: [String?] = [
        "turn", "answer", "references", "loaded", "connection", "run", "recorded",
    ]

    init(_ interpreter: Interpreter) { self.interpreter = interpreter }

    /// - Parameter step: a finished one.
    mutating func restore(_ step: KeptSession.Step) {
        let command = command(of: step)
        if let command {
            interpreter.noteStart(command)
            if !step.hasFailed, command.restoring == .again { perform(command, step) }
        }
        for turn in KeptTurn.turns(of: step) { restore(turn) }
        for record in step.results("references") { restoreReferences(record) }
        restoreJudgements(step)
        for record in step.results where !Self.restoredTypes.contains(record["type"]?.string) {
            interpreter.recorder.add(.record(record))
        }
        lastRun = step.results("run").last?["journal"]?.string ?? lastRun
        if let command, !step.hasFailed {
            lastTraps = KeptTraps(command, step, seed: interpreter.settings.seed) ?? lastTraps
        }
        for record in step.results("recorded") {
            if let text = record["text"]?.string, let command = try? CommandParser.parse(text) {
                interpreter.recorder.finish(
                    command, turnCount: interpreter.turns.count, isWhole: false)
            }
        }
        if let command, !step.hasFailed, command.belongsInScript {
            interpreter.recorder.finish(
                command, turnCount: interpreter.turns.count, isWhole: false)
        }
        interpreter.recorder.discard()
    }

    /// Nil where it is lost.
    private mutating func command(of step: KeptSession.Step) -> Command? {
        do throws(TandemError) {
            return try CommandParser.parse(step.text)
        } catch {
            problems.append("this build cannot read its command \(step.text): \(error)")
            return nil
        }
    }

    /// The last runs, for `/failures` and `/judge audit`, and of traps.
    mutating func restoreRuns() {
        do throws(TandemError) {
            if let lastRun {
                let run = try LastRun(keptIn: lastRun)
                interpreter.lastRun = run
                if isRunJudgedLast {
                    interpreter.judges.keep(run.judgements, of: JudgedAnswers(run.results))
                }
            }
        } catch {
            problems.append("its last run cannot be read: \(error)")
        }
        do throws(TandemError) {
            interpreter.lastTraps = try lastTraps?.results(interpreter.trapLibrary)
        } catch {
            problems.append("its last run of traps cannot be looked at: \(error)")
        }
    }

    private mutating func perform(_ command: Command, _ step: KeptSession.Step) {
        let loaded = step.results("loaded").first
        do throws(TandemError) {
            try interpreter.perform(command.named(loaded?["variant"]?.string))
        } catch {
            problems.append("\(step.text): \(error)")
            return
        }
        guard let loaded, let name = loaded["variant"]?.string,
            let identity = try? interpreter.source.identity(of: name)
        else { return }
        interpreter.changedVariants.remove(name)
        let isSame =
            VariantEvents.files(identity) == loaded["files"]
            && identity.configurationDigest == loaded["configuration"]?.string
        if !isSame {
            interpreter.changedVariants.insert(name)
            problems.append(
                "the files of \(name) have changed since: new answers are another model's")
        }
    }

    /// A turn of which nothing was answered had failed.
    private func restore(_ turn: KeptTurn) {
        if turn.answers.isEmpty { return }
        while interpreter.turns.count < turn.plan.number - 1 {
            let lost = TurnPlan(
                number: interpreter.turns.count + 1, prompt: "(lost: the journal is damaged)",
                requests: [], references: [])
            interpreter.add(Turn(lost, answers: [], identities: []))
        }
        let answers = turn.plan.requests.map { request in
            turn.answers.first { $0.variant == request.variant }
                ?? Answer(missing: request, "the answer is not in the journal")
        }
        interpreter.add(
            Turn(
                turn.plan, answers: answers,
                identities: turn.plan.requests.map { interpreter.identity($0.variant, in: turn) }))
    }

    private func restoreReferences(_ record: JSON) {
        guard let number = record["turn"]?.integer,
            interpreter.turns.indices.contains(number - 1),
            let texts = record["references"]?.array?.compactMap(\.string)
        else { return }
        interpreter.turns[number - 1].references = texts
    }

    /// What a judge said, for an audit.
    private mutating func restoreJudgements(_ step: KeptSession.Step) {
        let judgements = step.results("judgement")
        let records = judgements + step.results("versus")
        guard let judge = records.last?["judge"]?.string else { return }
        interpreter.judges.lastJudge = judge
        if let last = judgements.last { isRunJudgedLast = last["row"] != nil }
        for turn in interpreter.turns {
            interpreter.judges.keep(judgements, of: JudgedAnswers([turn]))
        }
    }
}

extension Command {
    /// With the name that a variant got.
    fileprivate func named(_ name: String?) -> Command {
        guard let name else { return self }
        switch self {
        case .load(let path, _, let adapter, let quantization, let remote):
            return .load(
                path: path, name: name, adapter: adapter, quantization: quantization,
                remote: remote)
        case .adapter(let path, let base, _): return .adapter(path: path, base: base, name: name)
        default: return self
        }
    }
}
