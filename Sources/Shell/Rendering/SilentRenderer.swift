import Basics
import LanguageModels

/// Shows nothing: what is restored was seen before.
final class SilentRenderer: Renderer {
    func loaded(_ variant: VariantInformation, sha256: () -> String?) {}
    func models(_ rows: [ModelRow], note: String) {}
    func begin(_ turn: Int, prompt: String, variants: [String]) {}
    func event(_ event: GenerationEvent) {}
    func end(_ turn: Turn) {}
    func scores(_ rows: [ScoreRow]) {}
    func summary(_ summary: RunSummary) {}
    func failures(_ report: FailureReport) {}
    func failure(_ item: FailureReport.Item, of report: FailureReport) {}
    func failureLog(_ entries: [FailureLog.Entry]) {}
    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {}
}
