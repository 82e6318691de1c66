import Basics
import Glibc
import LineEditor

/// Where results go, and in which form.
public final class Output {
    private let isPlain: Bool
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var current: (any Renderer)?

    var format: String { didSet { current = nil } }
    var showsTiming: Bool { didSet { current = nil } }

    /// Keeps the results that are shown; nil: they are only shown.
    var keep: ((JSON) -> Void)?
    /// Shows nothing but errors.
    var isSilent = false { didSet { current = nil } }

    /// - Parameters:
    ///   - format: one of `CommandDescription.outputFormats`.
    ///   - isPlain: no colour and no columns, even on a terminal.
    public init(format: String = "side", isPlain: Bool = false, showsTiming: Bool = true) {
        self.format = format
        self.isPlain = isPlain
        self.showsTiming = showsTiming
    }

    var usesColour: Bool {
        guard isTerminal, !isPlain, getenv("NO_COLOR") == nil, let name = getenv("TERM") else {
            return false
        }
        return strcmp(name, "dumb") != 0
    }

    /// Whether the terminal has 256 colours.
    private var usesShades: Bool {
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        return usesColour && (name.contains("256color") || getenv("COLORTERM") != nil)
    }

    /// The terminal's width, where there is one to fit.
    private var columns: Int? { isTerminal && !isPlain ? TerminalSize.current().columns : nil }

    /// The width of the terminal that messages go to, where there is one.
    var errorColumns: Int? {
        isatty(STDERR_FILENO) == 1 && !isPlain ? TerminalSize.current().columns : nil
    }

    private var isJSON: Bool { format == "json" || format == "jsonl" }

    /// Keeps and shows results.
    var renderer: any Renderer {
        keep.map { JournalingRenderer(display, keep: $0) } ?? display
    }

    /// Shows without keeping, in the format and for the terminal's present width.
    var display: any Renderer {
        let columns = columns
        if let current, columns == lastColumns { return current }
        lastColumns = columns
        let context = RenderingContext(
            columns: columns, usesColour: usesColour, usesShades: usesShades,
            showsTiming: showsTiming,
            write: { StandardStream.write($0, to: STDOUT_FILENO) })
        let made: any Renderer =
            switch format {
            case _ where isSilent: SilentRenderer()
            case "json", "jsonl": JSONRenderer(context)
            case "csv": RowRenderer(context, .csv)
            case "md": RowRenderer(context, .markdown)
            case "table": RowRenderer(context, .table)
            case "side" where (columns ?? 0) >= 60: SideRenderer(context)
            default: PlainRenderer(context)
            }
        current = made
        return made
    }
    private var lastColumns: Int?

    /// Lines for a person: in JSON output they go to standard error.
    func renderLines(_ lines: [String]) {
        if isSilent { return }
        for line in lines.flatMap({ HangingIndent.lines($0, columns: columns) }) {
            StandardStream.write(line + "\n", to: isJSON ? STDERR_FILENO : STDOUT_FILENO)
        }
    }

    /// A turn that is over.
    func showTurn(_ turn: Turn) {
        if !isJSON, format == "side" || format == "plain" {
            renderLines(["turn \(turn.number): " + TerminalText.visible(turn.prompt)])
        }
        let display = display
        display.begin(turn.number, prompt: turn.prompt, variants: turn.answers.map(\.variant))
        for (index, answer) in turn.answers.enumerated() {
            display.event(.text(request: index, answer.text))
        }
        for (index, answer) in turn.answers.enumerated() {
            display.event(.finished(request: index, answer))
        }
        display.end(turn)
    }

    /// How far a batch is: on a terminal only, in place; nil takes it away.
    func progress(_ line: String?) {
        guard errorColumns != nil, showsProgress || line != nil else { return }
        showsProgress = line != nil
        StandardStream.write("\r" + (line ?? "") + "\u{1B}[K", to: STDERR_FILENO)
    }
    private var showsProgress = false

    /// A message that is no data.
    func note(_ text: String) {
        if isSilent { return }
        show(text)
    }

    private func show(_ text: String) {
        let start = showsProgress ? "\r\u{1B}[K" : ""
        showsProgress = false
        let lines = HangingIndent.lines(text, columns: errorColumns)
        display.aside {
            StandardStream.write(start + lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
        }
    }

    /// An error, on standard error; in JSON output as an event too.
    public func error(_ error: TandemError) {
        if isJSON { StandardStream.write(error.event.text + "\n", to: STDOUT_FILENO) }
        var place = error.file.map { HomePath.shortened($0) } ?? ""
        if error.file != nil {
            place += [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
        }
        let prefix = place.isEmpty ? "" : TerminalText.visibleOnOneLine(place) + ": "
        show("error: " + prefix + TerminalText.visible(error.message))
        for line in ErrorExcerpt(error, columns: errorColumns ?? 100)?.lines ?? [] { show(line) }
        if let remedy = error.remedy { show("  " + TerminalText.visible(remedy)) }
    }

    /// Text of the command line itself, such as its usage.
    public static func message(_ text: String, isError: Bool) {
        StandardStream.write(text + "\n", to: isError ? STDERR_FILENO : STDOUT_FILENO)
    }

    /// Writes a long result to standard output.
    /// - Parameter pieces: UTF-8, one after another.
    public static func result(_ pieces: [[UInt8]]) {
        for piece in pieces {
            piece.withUnsafeBytes { StandardStream.write($0, to: STDOUT_FILENO) }
        }
    }
}
