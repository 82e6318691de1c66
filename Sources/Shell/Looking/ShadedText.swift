import Basics
import LanguageModels

/// An answer's text with a shade, or a mark, for how improbable each token is.
struct ShadedText {
    /// Probabilities below which the shade gets deeper, with what shows it: a background of the 256
    /// colours that black letters can be read on, or a mark behind the token.
    private static let levels: [(limit: String, logLimit: Double, colour: Int, mark: String)] = [
        ("50 %", -0.6931471805599453, 230, "¹"), ("10 %", -2.302585092994046, 222, "²"),
        ("1 %", -4.605170185988091, 214, "³"), ("0.1 %", -6.907755278982137, 203, "⁴"),
    ]

    private let context: RenderingContext
    private var lines: [String] = [""]
    private var column = 0

    /// - Parameter texts: of each token, what stands in the answer.
    static func lines(
        _ scores: [TokenScore], texts: [String], _ context: RenderingContext
    ) -> [String] {
        var shaded = ShadedText(context)
        var filter = TerminalText()
        var level = 0
        for (index, (score, text)) in zip(scores, texts).enumerated() {
            // A part of a character is shown with the token that completes it.
            level = max(level, self.level(score.logProbability))
            var shown = filter.append(text)
            if index == scores.count - 1 { shown += filter.finish() }
            if shown.isEmpty { continue }
            shaded.append(shown, level)
            level = 0
        }
        return shaded.lines
    }

    /// What the shades mean.
    static func legend(_ context: RenderingContext) -> String {
        let shaded = ShadedText(context)
        return levels.enumerated().map { number, level in
            context.usesShades
                ? shaded.styled(" below \(level.limit) ", number + 1)
                : "\(level.mark) below \(level.limit)"
        }.joined(separator: context.usesShades ? " " : ", ")
    }

    private init(_ context: RenderingContext) { self.context = context }

    /// How many of the limits a probability is below.
    private static func level(_ logProbability: Double) -> Int {
        levels.count { logProbability < $0.logLimit }
    }

    private func styled(_ text: String, _ level: Int) -> String {
        if level == 0 || !context.usesShades { return text }
        return "\u{1B}[48;5;\(Self.levels[level - 1].colour)m\u{1B}[38;5;16m\(text)\u{1B}[0m"
    }

    /// `text` with its mark before the line feeds that it ends with.
    private func marked(_ text: String, _ level: Int) -> String {
        if level == 0 || context.usesShades { return text }
        let end = text.lastIndex { $0 != "\n" }.map { text.index(after: $0) } ?? text.startIndex
        return text[..<end] + Self.levels[level - 1].mark + text[end...]
    }

    /// Tokens stay whole where a line has room for them.
    private mutating func append(_ text: String, _ level: Int) {
        let rows = marked(text, level).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, row) in rows.enumerated() {
            if index > 0 { endLine() }
            let row = row.replacing("\t", with: "    ")
            if column > 0, column + DisplayWidth.columns(of: row) > width { endLine() }
            var part = ""
            for character in row {
                if column + DisplayWidth.columns(of: part + String(character)) > width {
                    add(part, level)
                    endLine()
                    part = ""
                }
                part.append(character)
            }
            if !part.isEmpty { add(part, level) }
        }
    }

    private var width: Int { context.columns.map { max(1, $0 - 1) } ?? .max }

    private mutating func add(_ text: String, _ level: Int) {
        lines[lines.count - 1] += styled(text, level)
        column += DisplayWidth.columns(of: text)
    }

    private mutating func endLine() {
        lines.append("")
        column = 0
    }
}
