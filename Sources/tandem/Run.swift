import ArgumentParser
import Basics
import LanguageModels
import Sessions
import Shell

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run scripts without a terminal; each starts anew.",
        discussion: """
            --NAME VALUE stands for $NAME in the scripts, whatever they /set it to; what follows -- \
            stands for $1, $2 and so on: tandem run check.tandem --adapter ./lora-v2 -- 20
            """)

    @OptionGroup var shared: Shared
    @Flag(help: "One JSON object a line.") var json = false
    @Flag(
        help: """
            Show how what a script gives compares with its recording, SCRIPT.rec, and end with 1 where \
            something differs or an expectation fails.
            """)
    var check = false
    @Flag(help: "Record anew what the scripts give.") var accept = false
    @Flag(help: "With --check or --accept, ask servers instead of taking what they said.")
    var live = false
    @Option(help: "Write the comparison as JUnit XML, for CI.") var junit: String?
    @Option(help: "Write the comparison as Markdown.") var markdown: String?
    @Argument(parsing: .allUnrecognized, help: "Scripts; - is standard input.")
    var scripts: [String]

    func validate() throws {
        if !check, !accept, live || junit != nil || markdown != nil {
            throw ValidationError("--live, --junit and --markdown go with --check or --accept")
        }
    }

    func run() throws {
        let (scripts, values) = try ScriptValues.read(scripts)
        if check || accept { return try compare(scripts, values) }
        for script in scripts {
            let output = Output(
                format: json ? "json" : "plain", isPlain: true, showsTiming: false)
            let interpreter = try shared.interpreter(
                output, SessionJournal(folder: HomePath.sessionsFolder))
            let status = ScriptRun(interpreter, output: output).run(script, values)
            if status != 0 { throw ExitCode(status) }
        }
    }
}

extension Run {
    /// Runs every script, whatever the others gave; the worst status counts.
    private func compare(_ scripts: [String], _ values: ScriptValues) throws {
        let output = Output(format: json ? "json" : "plain", isPlain: true, showsTiming: false)
        var checks: [ScriptCheck] = []
        var status: Int32 = 0
        for script in scripts {
            do throws(TandemError) {
                let check = try ScriptCheck(
                    script, values, .init(accepts: accept, isLive: live),
                    sources: shared.source)
                check.show(output)
                checks.append(check)
                status = max(status, check.status)
            } catch {
                output.error(error)
                status = max(status, 3)
            }
        }
        if let junit { try TextFile.write(JUnitReport(checks).text, to: junit) }
        if let markdown { try TextFile.write(MarkdownReport(checks).text, to: markdown) }
        if status != 0 { throw ExitCode(status) }
    }
}
