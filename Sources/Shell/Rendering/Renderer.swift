import Basics
import LanguageModels
import Metrics

/// Shows what happens, in one of the output formats. Data goes to standard output.
protocol Renderer: AnyObject {
    func loaded(_ variant: VariantInformation, sha256: () -> String?)
    /// - Parameter note: what they take of the budget, for people.
    func models(_ rows: [ModelRow], note: String)
    func begin(_ turn: Int, prompt: String, variants: [String])
    func event(_ event: GenerationEvent)
    func end(_ turn: Turn)
    func scores(_ rows: [ScoreRow])
    func summary(_ summary: RunSummary)
    func failures(_ report: FailureReport)
    func failure(_ item: FailureReport.Item, of report: FailureReport)
    func failureLog(_ entries: [FailureLog.Entry])
    /// A result of another kind.
    /// - Parameters:
    ///   - table: its cells may hold what a model wrote.
    ///   - events: the same for programs.
    ///   - lines: the same for people, safe to show, none where it is too much for them; nil: they
    ///     read the table.
    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?)
    /// Writes a message to standard error, which may be the same terminal.
    func aside(_ write: () -> Void)
}

extension Renderer {
    func aside(_ write: () -> Void) { write() }

    func result(_ table: ScoreTable, events: [JSON]) {
        result(table, events: events, lines: nil)
    }
}

/// What all renderers know.
struct RenderingContext {
    /// Nil where there is no terminal to fit.
    var columns: Int?
    var usesColour: Bool
    /// Whether there are 256 colours.
    var usesShades: Bool
    var showsTiming: Bool
    var write: (String) -> Void

    /// A line, wrapped by words where it is too long.
    func writeLine(_ line: String) {
        for part in HangingIndent.lines(line, columns: columns) { write(part + "\n") }
    }

    /// A table that is safe to show; lines that are too long are wrapped.
    func writeTable(_ table: ScoreTable) {
        for line in table.text.split(separator: "\n") { writeLine(String(line)) }
        write("\n")
    }

    func bold(_ text: String) -> String { usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func dim(_ text: String) -> String { usesColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    /// Tokens, times and the reason why the answer ended.
    func summary(_ answer: Answer) -> String {
        if answer.finish == .error, answer.text.isEmpty, let detail = answer.detail {
            return "error: " + TerminalText.visible(detail)
        }
        var parts = answer.tokenCount.map { ["\($0) tokens"] } ?? []
        if showsTiming, answer.firstTokenMilliseconds > 0 {
            parts.append("first after \(Numbers.fixed(answer.firstTokenMilliseconds, 0)) ms")
        }
        if showsTiming, answer.tokensPerSecond > 0 {
            parts.append("\(Numbers.fixed(answer.tokensPerSecond, 0)) tokens/s")
        }
        parts.append(answer.detail.map(TerminalText.visible) ?? answer.finish.rawValue)
        return parts.joined(separator: ", ")
    }

    /// Where two answers part, in words.
    func parting(_ answers: [Answer]) -> String? {
        guard answers.count == 2, !answers.contains(where: { $0.finish == .error }) else {
            return nil
        }
        let words = answers.map { $0.text.split(whereSeparator: \.isWhitespace) }
        if answers[0].text == answers[1].text { return "the answers are the same" }
        let same = zip(words[0], words[1]).prefix { $0 == $1 }.count
        let shown = words.map { list in
            list.count > same ? "\"\(TerminalText.visibleOnOneLine(list[same]))\"" : "the end"
        }
        return "they part at word \(same + 1): \(shown[0]) / \(shown[1])"
    }
}
