import Basics
import LanguageModels

/// Keeps results before another renderer shows them.
///
/// What is loaded and answered is kept by the interpreter, which knows more of it; failures and
/// models are looked at, and no results of their own.
final class JournalingRenderer: Renderer {
    private let renderer: any Renderer
    private let keep: (JSON) -> Void

    init(_ renderer: any Renderer, keep: @escaping (JSON) -> Void) {
        self.renderer = renderer
        self.keep = keep
    }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        renderer.loaded(variant, sha256: sha256)
    }

    func models(_ rows: [ModelRow], note: String) { renderer.models(rows, note: note) }

    func begin(_ turn: Int, prompt: String, variants: [String]) {
        renderer.begin(turn, prompt: prompt, variants: variants)
    }

    func event(_ event: GenerationEvent) { renderer.event(event) }
    func end(_ turn: Turn) { renderer.end(turn) }

    func scores(_ rows: [ScoreRow]) {
        ScoreEvents.events(rows).forEach(keep)
        renderer.scores(rows)
    }

    func summary(_ summary: RunSummary) {
        SummaryEvents.events(summary).forEach(keep)
        renderer.summary(summary)
    }

    func failures(_ report: FailureReport) { renderer.failures(report) }

    func failure(_ item: FailureReport.Item, of report: FailureReport) {
        renderer.failure(item, of: report)
    }

    func failureLog(_ entries: [FailureLog.Entry]) { renderer.failureLog(entries) }

    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {
        events.forEach(keep)
        renderer.result(table, events: events, lines: lines)
    }

    func aside(_ write: () -> Void) { renderer.aside(write) }
}
