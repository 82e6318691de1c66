import Basics
import LanguageModels

/// Answers in columns that fill at the same time.
///
/// The line that is being written is drawn again in place as it grows; it is left behind when every
/// column has finished it. More variants than have room stand one under the other.
final class SideRenderer: PeopleRenderer {
    let context: RenderingContext
    private var columns: [Column] = []
    /// The names above the columns, until they are shown: messages about loading come before them.
    private var header = ""
    private var width = 0
    private var row = 0

    private struct Column {
        var filter = TerminalText()
        var wrapper: WordWrapper
        var lines: [String] = []
        var isDone = false

        init(width: Int) { wrapper = WordWrapper(width: width) }

        mutating func append(_ text: String) {
            for line in wrapper.append(filter.append(text)) { lines.append(line) }
        }

        mutating func finish() {
            for line in wrapper.append(filter.finish()) { lines.append(line) }
            for line in wrapper.finish() { lines.append(line) }
            isDone = true
        }

        func line(_ row: Int) -> String {
            if row < lines.count { return lines[row] }
            return row == lines.count && !isDone ? wrapper.currentLine : ""
        }

        func hasFinished(_ row: Int) -> Bool { isDone || row < lines.count }
    }

    private static let gap = " │ "
    /// Narrower columns are no pleasure to read.
    private static let narrowest = 20

    private var hasRoom: Bool { width >= Self.narrowest }

    init(_ context: RenderingContext) { self.context = context }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        context.writeLine(LoadedLine.text(variant, showsTiming: context.showsTiming))
    }

    func models(_ rows: [ModelRow], note: String) {
        PlainRenderer(context).models(rows, note: note)
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {
        let total = context.columns ?? 80
        width = max(1, (total - 1 - 3 * (variants.count - 1)) / max(1, variants.count))
        columns = variants.map { _ in Column(width: width) }
        row = 0
        header = hasRoom ? joined(variants, style: context.bold) + "\n" : ""
    }

    func event(_ event: GenerationEvent) {
        if !hasRoom { return }
        switch event {
        case .text(let request, let text): columns[request].append(text)
        case .finished(let request, _): columns[request].finish()
        }
        draw()
    }

    private func draw() {
        context.write(header)
        header = ""
        while columns.allSatisfy({ $0.hasFinished(row) }) {
            if columns.allSatisfy({ $0.isDone && row >= $0.lines.count }) { return }
            context.write("\r" + joined(columns.map { $0.line(row) }) + "\u{1B}[K\n")
            row += 1
        }
        context.write("\r" + joined(columns.map { $0.line(row) }) + "\u{1B}[K")
    }

    func end(_ turn: Turn) {
        if !hasRoom { return PlainRenderer(context).end(turn) }
        context.write("\r\u{1B}[K")
        let notes = turn.answers.map { WordWrapper.lines(of: context.summary($0), width: width) }
        for line in 0..<(notes.map(\.count).max() ?? 0) {
            context.write(
                joined(notes.map { line < $0.count ? $0[line] : "" }, style: context.dim) + "\n")
        }
        if let parting = context.parting(turn.answers) {
            context.write(context.dim(parting) + "\n")
        }
        context.write("\n")
    }

    /// The line that is being written makes way, and is drawn again under the message.
    func aside(_ write: () -> Void) {
        guard hasRoom, header.isEmpty, columns.contains(where: { !$0.isDone }) else {
            return write()
        }
        context.write("\r\u{1B}[K")
        write()
        draw()
    }

    private func joined(_ texts: [String], style: (String) -> String = { $0 }) -> String {
        texts.enumerated().map { index, text in
            let space = width - DisplayWidth.columns(of: text)
            let isLast = index + 1 == texts.count
            return style(text) + (isLast ? "" : String(repeating: " ", count: max(0, space)))
        }.joined(separator: context.dim(Self.gap))
    }
}
