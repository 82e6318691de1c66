import Basics
import PseudoTerminal
import TestSupport
import Testing

/// The shell on a pseudo-terminal, with the demo pair.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct InteractiveTests {
    let folder: PseudoTerminal.TemporaryFolder

    init() throws { folder = try PseudoTerminal.TemporaryFolder() }

    private func start(columns: Int = 100, rows: Int = 40, _ extra: [String] = []) throws
        -> TerminalSession
    {
        let model = Demo.modelPath
        folder.addScript(
            "open.tandem",
            "/load \(model) as base\n/adapter \(Demo.adapterPath) --on base as tuned\n")
        let session = try TerminalSession(
            try BuiltTandem.path(),
            ["--source", folder.path + "/open.tandem", "--no-config"] + extra,
            environment: [
                "HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state", "PATH": "/usr/bin",
            ], columns: columns, rows: rows, folder: folder.path)
        try session.waitForCursorLine("base|tuned>")
        return session
    }

    private func send(_ line: String, _ session: TerminalSession) throws {
        try session.type(line + "\r")
    }

    @Test func aTurnIsScoredSavedAndRunAgain() throws {
        let session = try start()
        try send("/set max_tokens 24", session)
        try send("What is the capital of Italy?", session)
        try session.waitForText("they part at word", seconds: 30)
        let line = session.screen.text.split(separator: "\n").first { $0.contains(" │ ") }
        #expect(line != nil, "both columns share a line")
        try send("/ref The capital of Italy is Rome.", session)
        try send("/score em", session)
        try session.waitForText("tuned − base")
        try send("/save kept", session)
        try session.waitForText("saved kept.tandem")
        try session.waitForCursorLine("base|tuned>")
        try session.press(.control("D"))
        #expect(try session.waitForExit() == 0)
        let first = try ScriptTests.tandem(["run", "kept.tandem", "--json"], in: folder.path)
        let second = try ScriptTests.tandem(
            ["run", "kept.tandem", "--json", "--threads", "1"], in: folder.path)
        #expect(first.status == 0 && first.output == second.output)
        #expect(first.output.contains("The capital of Italy is Rome."))
    }

    @Test func anInterruptionKeepsThePartialAnswerAndTheShell() throws {
        let session = try start()
        try send("/set max_tokens 4000", session)
        try send("/complete Once upon a time", session)
        try session.waitForText(" │ ", seconds: 20)
        try session.press(.control("C"))
        try session.waitForText("interrupted")
        try session.waitForCursorLine("base|tuned>")
        try send("/models", session)
        try session.waitForText("* tuned")
    }

    @Test func aNarrowTerminalShowsOneAnswerUnderTheOther() throws {
        let session = try start(columns: 50)
        try send("/set max_tokens 8", session)
        try send("Hello", session)
        try session.waitForText("[tuned]", seconds: 20)
        #expect(!session.screen.text.contains("│"))
    }

    @Test func tabCompletesAndMistakesAreExplained() throws {
        let session = try start()
        try session.type("/sco\t")
        try session.waitForText("/score")
        try session.type("rougeLs\t\r")
        try session.waitForText("there is no turn yet")
        try send("/scroe", session)
        try session.waitForText("did you mean /score")
        try send("\"\"\"", session)
        try session.waitForCursorLine("...")
        try session.press(.control("C"))
        try session.waitForCursorLine("base|tuned>")
    }
}

extension PseudoTerminal.TemporaryFolder {
    fileprivate func addScript(_ name: String, _ text: String) { try? write(text, to: name) }
}
