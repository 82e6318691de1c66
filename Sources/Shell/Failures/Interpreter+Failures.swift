import Basics
import LanguageModels
import Sessions

/// `/failures`: a look at the answers of the last run.
extension Interpreter {
    func failures(_ request: FailuresRequest) throws(TandemError) {
        let log = FailureLog(path: HomePath.failureLog)
        switch request {
        case .show(let metric): output.renderer.failures(try report(metric))
        case .open(let name):
            let (report, item) = try item(name)
            output.renderer.failure(item, of: report)
        case .again(let name):
            let row = try item(name).item.row
            var requests: [GenerationRequest] = []
            for variant in try answering() {
                requests.append(
                    GenerationRequest(
                        variant: variant, prompt: .chat(row.messages(system: systemMessage)),
                        settings: settings))
            }
            try generate(row.prompt, requests, references: row.references)
        case .note(let name, let remark):
            let (report, item) = try item(name)
            let file = try lookedAtRun().results.file
            warn(try log.add(item, of: report, file: file, remark: remark), of: log)
            output.note("noted in \(HomePath.shortened(log.path))")
        case .trap(let parts):
            let (report, item) = try item(parts.name)
            try addTrap(parts, of: item, in: report)
        case .log:
            let (entries, warnings) = try log.entries()
            warn(warnings, of: log)
            if entries.isEmpty {
                return output.note("nothing is noted; /failures note ITEM TEXT notes an item")
            }
            output.renderer.failureLog(entries)
        }
    }

    /// The session's last run, else the last that was kept.
    func lookedAtRun() throws(TandemError) -> LastRun {
        if let lastRun { return lastRun }
        let kept = try LastRun.newest(in: HomePath.runsFolder)
        output.note("the last run that was kept: \(HomePath.shortened(kept.results.file))")
        lastRun = kept
        return kept
    }

    private func report(_ name: String?) throws(TandemError) -> FailureReport {
        let run = try lookedAtRun()
        let (measure, scores) = try run.scores(name ?? run.metrics.first?.name ?? "em")
        if run.results.items.isEmpty {
            throw TandemError(
                .notFound, "the run has no row that everyone has answered",
                remedy: "go on with it: /run \(run.results.file)")
        }
        return FailureReport(run.results, measure, scores: scores)
    }

    private func item(_ name: String) throws(TandemError) -> (
        report: FailureReport, item: FailureReport.Item
    ) {
        let report = try report(nil)
        guard
            let item = report.items.first(where: { $0.row.id == name })
                ?? report.items.first(where: { String($0.row.number) == name })
        else {
            throw TandemError(
                .notFound, "the run has no item \(name)",
                remedy: "an item is a row's id or its number; /failures shows them")
        }
        return (report, item)
    }

    private func warn(_ warnings: [String], of log: FailureLog) {
        for warning in warnings { output.note("\(HomePath.shortened(log.path)): \(warning)") }
    }
}
