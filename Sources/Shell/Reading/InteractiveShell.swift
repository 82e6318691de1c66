import Basics
import LineEditor
import Sessions

/// Reads entries from a person and runs them until they leave.
public struct InteractiveShell {
    private let interpreter: Interpreter
    private let output: Output

    public init(_ interpreter: Interpreter, output: Output) {
        self.interpreter = interpreter
        self.output = output
    }

    /// Runs the user's configuration, where there is one.
    public func runConfiguration() {
        let path = HomePath.configFile
        do throws(TandemError) {
            try interpreter.run(Script(TextFile.read(path), file: path), file: path)
        } catch {
            if error.code != .notFound || error.file != path { output.error(error) }
        }
    }

    /// - Returns: when the user leaves.
    public func run() {
        let editor = LineEditor(historyPath: HomePath.historyFile)
        if editor.isInteractive {
            output.note("Tandem: type a prompt, or /help")
        }
        interpreter.ask = { prompt in
            if case .line(let line) = editor.readLine(prompt: prompt) { line } else { nil }
        }
        defer { interpreter.ask = nil }
        var reader = EntryReader()
        while !interpreter.isFinished {
            editor.completer = { [interpreter] before, _ in
                LineCompleter(variants: interpreter.source.variants.map(\.name)).complete(before)
            }
            let lineup = interpreter.lineup.joined(separator: "|")
            let name = TerminalText.visibleOnOneLine(lineup.isEmpty ? "tandem" : lineup)
            switch editor.readLine(prompt: reader.isInBlock ? "... " : name + "> ") {
            case .interrupted: reader.reset()
            case .endOfInput: return
            case .line(let line):
                guard let entry = reader.append(line) else { continue }
                editor.remember(entry)
                do throws(TandemError) {
                    if let command = try CommandParser.parse(entry, interpreter.variables) {
                        try interpreter.run(command)
                    }
                } catch {
                    output.error(error.file == nil ? error.located(in: entry) : error)
                }
                interpreter.goOn()
            }
        }
    }
}
