import Basics
import LanguageModels
import LineEditor
import Metrics
import Sessions

/// `/run`: rows of a file through the lineup, kept as they are finished, compared at the end.
extension Interpreter {
    func runBatch(_ request: RunRequest) throws(TandemError) {
        let path = HomePath.expanded(request.file)
        let file = try PromptRows(path, mappings: request.mappings)
        var rows = file.rows
        if !file.unusedColumns.isEmpty, rows.allSatisfy(\.references.isEmpty) {
            output.note(
                "no row has a reference; name its column with --map reference=COLUMN, of "
                    + TerminalText.visibleOnOneLine(file.unusedColumns.joined(separator: ", ")))
        }
        if let count = request.sampleCount {
            rows = RowSample.draw(rows, count: count, seed: request.sampleSeed)
        }
        let metrics = try metrics(request.metrics.isEmpty ? ["em"] : request.metrics)
        let plan = try plan(path, rows, metrics, request.threshold)
        let journal = try journal(
            plan, in: HomePath.runsFolder, type: "run", startsAnew: request.startsAnew)
        let run = BatchRun(plan, settings: settings, journal: journal)
        try InterruptFlag.watching { () throws(TandemError) in try run.run(source, output) }
        wasInterrupted = !run.isComplete
        let results = run.results(system: systemMessage)
        let last = LastRun(
            results, metrics: metrics, threshold: request.threshold, path: journal?.path,
            said: journal?.found ?? [])
        lastRun = last
        var identities: [VariantIdentity] = []
        for name in results.variants { identities.append(try source.identity(of: name)) }
        recorder.add(.run(results, settings, identities))
        output.renderer.summary(last.summary)
        if wasInterrupted {
            output.note(
                "interrupted: the table is of \(results.items.count) of \(rows.count) rows; the "
                    + "same /run goes on from there")
        }
    }

    func plan(
        _ path: String, _ rows: [PromptRow], _ metrics: [Metric], _ threshold: Double
    ) throws(TandemError) -> RunPlan {
        let loaded = source.variants
        var variants: [RunPlan.Variant] = []
        for name in try answering() {
            let information = loaded.first { $0.name == name }
            let place = (information?.modelPath ?? "") + "\n" + (information?.adapterPath ?? "")
            variants.append(
                .init(
                    name: name,
                    fingerprint: (try? source.identity(of: name).fingerprint(settings.numerics))
                        ?? place))
        }
        let program = try? MappedFile(path: "/proc/self/exe")
        return RunPlan(
            file: path, variants: variants,
            settings: Setting.all.map { ($0.name, $0.read(settings)) }, system: systemMessage,
            rows: rows, program: program?.identity.text ?? "", metrics: metrics.map(\.name),
            threshold: threshold)
    }

    /// Nil, with a note, where nothing can be kept.
    /// - Parameter type: of the record by which the session's journal knows it.
    func journal(_ plan: RunPlan, in folder: String, type: String, startsAnew: Bool)
        throws(TandemError) -> RunJournal?
    {
        if !usesKept { return nil }
        var path = RunJournal.path(for: plan, in: folder, startsAnew: startsAnew)
        if let begunRun, RunJournal.belongs(begunRun, to: plan) { path = begunRun }
        note([
            "type": .string(type), "file": .string(plan.file), "journal": .string(path),
            "metrics": .array(plan.metrics.map { .string($0) }),
        ])
        JournalFolder(folder).prune(to: .runs)
        let journal: RunJournal
        do throws(TandemError) {
            journal = try RunJournal(plan, path: path)
        } catch {
            output.note(
                "this run is not kept and cannot go on after an interruption: "
                    + TerminalText.visible(error.description))
            return nil
        }
        for warning in journal.warnings {
            output.note("\(HomePath.shortened(journal.path)): \(warning)")
        }
        let finished = journal.finished.values.reduce(0) { $0 + $1.count }
        if finished > 0 {
            output.note(
                "goes on with an unfinished run: \(finished) of "
                    + "\(plan.rows.count * plan.variants.count) answers are there "
                    + "(--fresh begins anew)")
        }
        return journal
    }
}
