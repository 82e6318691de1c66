import Basics
import LanguageModels
import Metrics

/// One JSON object a line, with the keys of the design.
///
/// Times are null unless timing is on: without them a script gives the same bytes on every run.
final class JSONRenderer: Renderer {
    private let context: RenderingContext

    init(_ context: RenderingContext) { self.context = context }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        let digest = variant.remote == nil ? sha256() : nil
        write(VariantEvents.loaded(variant, sha256: digest, showsTiming: context.showsTiming))
    }

    func models(_ rows: [ModelRow], note: String) {
        for row in rows { write(VariantEvents.model(row, showsTiming: context.showsTiming)) }
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {}
    func event(_ event: GenerationEvent) {}

    func end(_ turn: Turn) {
        for (index, answer) in turn.answers.enumerated() {
            write(
                AnswerEvents.event(
                    answer, turn: (turn.number, turn.prompt), fingerprint: turn.fingerprint(index),
                    showsTiming: context.showsTiming))
        }
    }

    func scores(_ rows: [ScoreRow]) {
        for event in ScoreEvents.events(rows) { write(event) }
    }

    func summary(_ summary: RunSummary) {
        for event in SummaryEvents.events(summary) { write(event) }
    }

    func failures(_ report: FailureReport) {
        for event in FailureEvents.events(report) { write(event) }
    }

    func failure(_ item: FailureReport.Item, of report: FailureReport) {
        write(FailureEvents.item(item, of: report, kind: "item"))
    }

    func failureLog(_ entries: [FailureLog.Entry]) {
        for entry in entries { write(FailureEvents.entry(entry)) }
    }

    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {
        for event in events { write(event) }
    }

    private func write(_ json: JSON) { context.write(Self.visible(json.text) + "\n") }

    /// The same value, with escapes for what could steer a terminal or hide in it.
    static func visible(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isPlain =
                scalar.isASCII || scalar.value > 0xFFFF
                || TerminalText.visible(String(scalar)).unicodeScalars.elementsEqual([scalar])
            if isPlain {
                result.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                result.append(
                    contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
                        .unicodeScalars)
            }
        }
        return String(result)
    }
}
