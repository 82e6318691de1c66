import Basics
import LanguageModels
import LineEditor

/// Sends the rows of a plan through the lineup, and keeps each answer when it is finished.
final class BatchRun {
    private struct Task {
        let row: Int
        let variant: Int
    }

    /// Answers that are asked for in one call: the source forms its passes out of them.
    private static let callLimit = 16 * ModelPool.passLimit

    private let plan: RunPlan
    /// Nil where nothing is kept, or not any more.
    private var journal: RunJournal?
    private let settings: GenerationSettings
    /// [rows][variants]; nil where it is not finished.
    private var answers: [[RunAnswer?]]

    /// - Parameter journal: nil: nothing is kept.
    init(_ plan: RunPlan, settings: GenerationSettings, journal: RunJournal?) {
        self.plan = plan
        self.journal = journal
        self.settings = settings
        answers = plan.rows.map { row in
            plan.variants.map { journal?.finished[row.number]?[$0.name] }
        }
    }

    var isComplete: Bool { answers.allSatisfy { $0.allSatisfy { $0 != nil } } }
    var finishedCount: Int { answers.reduce(0) { $0 + $1.count { $0 != nil } } }

    /// Generates what is missing, until it is there or the user interrupts.
    ///
    /// Where an answer cannot be kept, that is told once, and the run goes on without.
    /// - Throws: what the source throws.
    func run(_ source: any AnswerSource, _ output: Output) throws(TandemError) {
        let tasks = plan.rows.indices.flatMap { row in
            plan.variants.indices.filter { answers[row][$0] == nil }.map {
                Task(row: row, variant: $0)
            }
        }
        // Models that take turns in memory do so once for many rows.
        let isTogether = source.canHoldTogether(plan.variants.map(\.name))
        let limit = isTogether ? Self.callLimit : 16 * Self.callLimit
        var progress = BatchProgress(count: tasks.count)
        defer { output.progress(nil) }
        var rest = tasks[...]
        while !rest.isEmpty, !InterruptFlag.isRaised {
            let part = Array(rest.prefix(limit))
            rest = rest.dropFirst(part.count)
            _ = try source.generate(
                part.map(request),
                isInterrupted: { InterruptFlag.isRaised },
                onEvent: { [self] event in
                    guard case .finished(let index, let answer) = event,
                        answer.finish != .interrupted
                    else { return }
                    keep(RunAnswer(answer), part[index], output)
                    if let columns = output.errorColumns,
                        let line = progress.advance(columns: columns)
                    {
                        output.progress(line)
                    }
                })
        }
        if isComplete { attempt(output) { journal throws(TandemError) in try journal.end() } }
    }

    /// The rows that every variant has answered.
    func results(system: String) -> RunResults {
        RunResults(
            file: plan.file, variants: plan.variants.map(\.name), numerics: settings.numerics,
            system: system,
            items: zip(plan.rows, answers).compactMap { row, answers in
                let finished = answers.compactMap(\.self)
                return finished.count == answers.count ? .init(row: row, answers: finished) : nil
            })
    }

    private func request(_ task: Task) -> GenerationRequest {
        GenerationRequest(
            variant: plan.variants[task.variant].name,
            prompt: .chat(plan.rows[task.row].messages(system: plan.system)), settings: settings)
    }

    private func keep(_ answer: RunAnswer, _ task: Task, _ output: Output) {
        answers[task.row][task.variant] = answer
        attempt(output) { journal throws(TandemError) in
            try journal.add(
                answer, row: plan.rows[task.row].number, variant: plan.variants[task.variant].name)
        }
    }

    private func attempt(
        _ output: Output, _ body: (RunJournal) throws(TandemError) -> Void
    ) {
        guard let journal else { return }
        do throws(TandemError) { try body(journal) } catch {
            self.journal = nil
            output.note(
                "from here on this run is not kept: " + TerminalText.visible(error.description))
        }
    }
}
