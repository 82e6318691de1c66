import Basics
import LanguageModels

/// Answers one under the other, without moving the cursor. A single one is shown as it comes.
final class PlainRenderer: PeopleRenderer {
    let context: RenderingContext
    private var filter = TerminalText()
    /// What has been shown of a single answer; nil for several, which wait until all are finished.
    private var streamed: String?
    /// Of a single answer; it is shown when there is something to stand under it.
    private var title = ""

    init(_ context: RenderingContext) { self.context = context }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        context.writeLine(LoadedLine.text(variant, showsTiming: context.showsTiming))
    }

    func models(_ rows: [ModelRow], note: String) {
        let table = ModelTable(rows, note: note, showsTiming: context.showsTiming)
        for line in table.lines { context.writeLine(line) }
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {
        streamed = variants.count == 1 ? "" : nil
        filter = TerminalText()
        title = variants.count == 1 ? context.bold("[\(variants[0])]") + "\n" : ""
    }

    func event(_ event: GenerationEvent) {
        guard streamed != nil, case .text(_, let text) = event else { return }
        write(filter.append(text))
    }

    private func write(_ text: String) {
        streamed? += text
        context.write(title + text)
        title = ""
    }

    func end(_ turn: Turn) {
        for answer in turn.answers {
            if streamed != nil {
                write(filter.finish())
            } else {
                context.write(context.bold("[\(answer.variant)]") + "\n")
                context.write(TerminalText.visible(answer.text))
            }
            let text = streamed ?? answer.text
            if !text.isEmpty, text.utf8.last != 0x0A { context.write("\n") }
            context.write(context.dim(context.summary(answer)) + "\n\n")
        }
        streamed = nil
        if let parting = context.parting(turn.answers) {
            context.write(context.dim(parting) + "\n\n")
        }
    }

}

/// One line on a loaded variant.
enum LoadedLine {
    static func text(_ variant: VariantInformation, showsTiming: Bool) -> String {
        var parts = [variant.typeLabel]
        if let remote = variant.remote {
            parts = [TerminalText.visibleOnOneLine(remote.capabilities.summary)]
        } else if let shared = variant.sharesWeightsWith {
            parts.append("shares the weights of \(shared)")
        } else {
            parts.append("\(ByteSize.readable(variant.memoryByteCount)) in memory")
        }
        if let adapter = variant.adapterPath {
            parts.append(
                "adapter \(TerminalText.visibleOnOneLine(HomePath.shortened(adapter))) "
                    + "(\(ByteSize.readable(variant.adapterMemoryByteCount)) in memory)")
        }
        if showsTiming { parts.append("\(Numbers.fixed(variant.loadSeconds, 2)) s") }
        return
            "\(variant.name): \(TerminalText.visibleOnOneLine(HomePath.shortened(variant.modelPath))), "
            + parts.joined(separator: ", ")
    }
}
