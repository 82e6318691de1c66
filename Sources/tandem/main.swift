import ArgumentParser
import Basics
import Glibc
import LanguageModels
import Sessions
import Shell

struct Tandem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem",
        abstract:
            "A shell that answers prompts with a language model and its fine-tunes side by side.",
        subcommands: [
            ShellCommand.self, Run.self, Resume.self, Format.self, ScoreCommand.self, Doctor.self,
        ],
        defaultSubcommand: ShellCommand.self)
}

struct Shared: ParsableArguments {
    @Option(help: "Threads that compute; by default one for each processor.")
    var threads: Int?

    func interpreter(_ output: Output, _ journal: SessionJournal) throws(TandemError)
        -> Interpreter
    {
        let interpreter = Interpreter(
            source: try source(RemoteTape()), output: output, journal: journal)
        interpreter.sources = source
        return interpreter
    }

    func source(_ tape: RemoteTape) throws(TandemError) -> any AnswerSource {
        VariantPool(local: try ModelPool(threads: threads), tape: tape)
    }

    func validate() throws {
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads takes a number from 1 to 64")
        }
    }
}

struct ShellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell", abstract: "Open the shell (the default).")

    @OptionGroup var options: ShellOptions
    @Option(name: .customLong("source"), help: "Run a script before the first prompt.")
    var script: String?
    @Flag(help: "Do not run ~/.config/tandem/config.") var noConfig = false

    func run() throws { try options.onTerminal { try open() } }

    private func open() throws {
        let output = options.output()
        let interpreter = try options.interpreter(
            output, SessionJournal(folder: HomePath.sessionsFolder))
        if options.isInteractive, !noConfig {
            InteractiveShell(interpreter, output: output).runConfiguration()
        }
        if let script {
            let status = ScriptRun(interpreter, output: output).run(script)
            if status != 0, !options.isInteractive { throw ExitCode(status) }
        }
        try options.serve(interpreter, output)
    }
}

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", _superCommandName: "tandem",
        abstract: "Score the answers of a file against references; no model is needed.",
        discussion: """
            Files are JSONL or CSV, of which a column counts, or text, of which each line does. \
            Metrics are those of /help score.
            """)

    @OptionGroup var shared: Shared
    @Argument(help: "A file with an answer in each row.") var predictions: String
    @Option(
        help: """
            A file with the same rows; given several times, each row has several references. \
            Without it the references stand beside the answers.
            """)
    var references: [String] = []
    @Option(help: "Names between commas; a comma within one is written \\,.")
    var metrics: [String] = []
    @Option(help: "prediction=COLUMN or reference=COLUMN; may be given several times.")
    var map: [String] = []
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        do {
            let scores = try FileScores(
                predictions: predictions, references: references, metrics: metrics, mappings: map,
                threads: shared.threads)
            if json {
                Output.result(scores.json)
            } else {
                Output.message(scores.text, isError: false)
            }
            // To give back what the scores hold, piece by piece, takes longer than to end.
            Glibc.exit(StandardStream.status(0))
        } catch {
            Output(format: json ? "json" : "plain", isPlain: true).error(error)
            throw ExitCode(error.code == .usage ? 2 : 3)
        }
    }
}

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Prove on this machine that a model's answers do not depend on how they are computed, "
            + "show how far fast arithmetic is from exact, and find packed weights that are damaged."
    )

    @OptionGroup var shared: Shared
    @Argument(help: "A model; by default the demo's.") var model = "demo"
    @Option(help: "An adapter to be checked beside the base.") var adapter: String?
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        let threads = try ModelPool(threads: shared.threads).threadCount
        let path = ModelPath.resolved(model)
        let check = try DeterminismCheck(
            modelPath: path, adapterPath: adapter, threads: threads)
        let drifts = try NumericDrift.measure(
            modelPath: path, adapterPath: adapter, threads: threads)
        let report = DoctorReport(check, drifts, kept: PackedFolder.user?.verify() ?? [])
        Output.message(report.text(asJSON: json), isError: false)
        if !report.isFine { throw ExitCode(1) }
    }
}

extension ScoreCommand {
    /// The command where the arguments ask for it rightly: to look at no other command saves a sixth of
    /// the program's start, and scores are asked for by programs. What is wrong, and help, is answered
    /// by the program as a whole.
    static func named(in arguments: [String]) -> ScoreCommand? {
        guard arguments.dropFirst().first == _commandName else { return nil }
        return try? parse(Array(arguments.dropFirst(2)))
    }
}

// ArgumentParser ends with 64 where the design asks for 2.
do {
    var command: ParsableCommand =
        try ScoreCommand.named(in: CommandLine.arguments) ?? Tandem.parseAsRoot()
    try command.run()
    exit(StandardStream.status(0))
} catch let error as TandemError {
    Output().error(error)
    exit(error.code == .usage ? 2 : 3)
} catch {
    let code = Tandem.exitCode(for: error)
    let isUsage = code == .validationFailure
    let message = Tandem.fullMessage(for: error)
    if !message.isEmpty { Output.message(message, isError: code != .success) }
    exit(isUsage ? 2 : StandardStream.status(code.rawValue))
}
