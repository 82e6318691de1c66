import Basics
import LanguageModels

/// Answers one under the other, without moving the cursor.
final class PlainRenderer: Renderer {
    private let context: RenderingContext

    init(_ context: RenderingContext) { self.context = context }

    func loaded(_ variant: VariantInformation, fingerprint: () -> String?) {
        context.writeLine(LoadedLine.text(variant, showsTiming: context.showsTiming))
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {}
    func event(_ event: GenerationEvent) {}

    func end(_ turn: Turn) {
        for answer in turn.answers {
            let text = TerminalText.visible(answer.text)
            context.write(context.bold("[\(answer.variant)]") + "\n")
            if !text.isEmpty { context.write(text + (text.hasSuffix("\n") ? "" : "\n")) }
            context.write(context.dim(context.summary(answer)) + "\n\n")
        }
        if let parting = context.parting(turn.answers) {
            context.write(context.dim(parting) + "\n\n")
        }
    }

    func scores(_ rows: [ScoreRow]) { context.write(ScoreTable(rows).text + "\n") }
    func summary(_ summary: RunSummary) { context.write(summary.text + "\n") }
}

/// One line on a loaded variant.
enum LoadedLine {
    static func text(_ variant: VariantInformation, showsTiming: Bool) -> String {
        var parts = [variant.typeLabel, Numbers.bytes(variant.byteCount)]
        if let shared = variant.sharesWeightsWith {
            parts.append("shares the weights of \(shared)")
        }
        if let adapter = variant.adapterPath {
            parts.append(
                "adapter \(TerminalText.visibleOnOneLine(HomePath.shortened(adapter))) "
                    + "(\(Numbers.bytes(variant.adapterByteCount)))")
        }
        if showsTiming { parts.append("\(Numbers.fixed(variant.loadSeconds, 2)) s") }
        return
            "\(variant.name): \(TerminalText.visibleOnOneLine(HomePath.shortened(variant.modelPath))), "
            + parts.joined(separator: ", ")
    }
}
