import ArgumentParser
import Basics
import Glibc
import LanguageModels
import LineEditor
import Sessions
import Shell

/// How commands come into the shell, and how it shows what they give.
struct ShellOptions: ParsableArguments {
    @OptionGroup var shared: Shared
    @Option(name: .customShort("c"), help: "Run a line and leave; may be given several times.")
    var commands: [String] = []
    @Flag(help: "No colour and no columns.") var plain = false
    @Flag(help: "One JSON object a line.") var json = false

    /// Whether a person types.
    var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && commands.isEmpty }

    func output() -> Output {
        Output(format: json ? "json" : "side", isPlain: plain, showsTiming: isInteractive)
    }

    func interpreter(_ output: Output, _ journal: SessionJournal) throws(TandemError)
        -> Interpreter
    {
        try shared.interpreter(output, journal)
    }

    /// Runs `body` so that what a person types meanwhile waits for the next line.
    func onTerminal(_ body: () throws -> Void) throws {
        if isInteractive { try QuietTerminal.during(body) } else { try body() }
    }

    /// Runs what is typed, given with `-c`, or comes in standard input.
    func serve(_ interpreter: Interpreter, _ output: Output) throws {
        if isInteractive { return InteractiveShell(interpreter, output: output).run() }
        if commands.isEmpty {
            throw ExitCode(ScriptRun(interpreter, output: output).run("-"))
        }
        do {
            try interpreter.run(
                Script(commands.joined(separator: "\n"), file: "-c"), file: "-c")
        } catch {
            output.error(error)
            throw ExitCode(3)
        }
        if interpreter.wasInterrupted { throw ExitCode(130) }
        if interpreter.hadFailure { throw ExitCode(3) }
        if interpreter.failedExpectationCount > 0 { throw ExitCode(1) }
    }
}
