import Basics
import PseudoTerminal
import TestSupport
import Testing

/// A person rates the rows of a run without seeing names; what they said survives the session.
struct RunRatingTests {
    private func session(_ folder: TestSupport.TemporaryFolder) throws -> TerminalSession {
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--no-config"],
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], columns: 120, rows: 60,
            folder: folder.path)
        try session.waitForCursorLine("tandem>")
        return session
    }

    /// Says which of the two answers on the screen is "yes".
    private func rate(_ session: TerminalSession, _ title: String) throws {
        try session.waitForText(title + ", question]")
        try session.waitForCursorLine("better (left, right, tie, bad)>")
        let shown = session.screen.text.split(separator: "[left]").last ?? ""
        let texts = shown.split(separator: "[right]").map { $0.contains("yes") }
        #expect(texts.count == 2 && !shown.contains("tuned"), "\(session.screen.text)")
        try session.type(
            (texts[0] == texts[1] ? "tie" : texts[0] ? "left" : "right") + "\r")
    }

    @Test func ratingGoesOnInAnotherSessionAndJoinsTheTable() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        #expect(try judged.run("").status == 0)

        let first = try session(judged.folder)
        try first.type("/rate run --sample 4\r")
        try rate(first, "[1 of 4")
        try rate(first, "[2 of 4")
        try first.waitForText("[3 of 4, question]")
        try first.waitForCursorLine("better (left, right, tie, bad)>")
        try first.type("\u{4}")
        try first.waitForText("2 of 4 rows are rated; the same /rate run goes on")
        try first.waitForText("preferred")
        try first.waitForCursorLine("tandem>")
        try first.type("/save rated\r")
        try first.waitForText("saved rated.tandem")
        try first.waitForCursorLine("tandem>")
        try first.type("\u{4}")
        #expect(try first.waitForExit() == 0)
        let saved = String(
            decoding: try TestFile.bytes(of: judged.folder("rated.tandem")), as: UTF8.self)
        #expect(saved.split(separator: "\n").count { $0.hasPrefix("/rate run q") } == 2)
        #expect(saved.hasSuffix("/score run\n"))

        let second = try session(judged.folder)
        try second.type("/rate run --sample 4\r")
        try second.waitForText("2 of 4 rows are rated already")
        try rate(second, "[3 of 4")
        try rate(second, "[4 of 4")
        try second.waitForText("preferred, tuned: 6 unscored")
        try second.waitForCursorLine("tandem>")
        try second.type("\u{4}")
        #expect(try second.waitForExit() == 0)

        // Right answers were preferred, whichever side they stood on.
        let later = try RemoteRun(script: "/score run\n", in: judged.folder)
        let summary = try #require(try JudgedRun.events(later, "summary").last)
        #expect(summary["metric"] == "preferred" && summary["pairs"] == 4)
        #expect((summary["delta"]?.double ?? -1) >= 0)
    }

    @Test(arguments: [
        ("/rate run\n", "nobody to ask"), ("/rate run q99 tuned\n", "no item q99"),
        ("/rate run q1 far\n", "far is no verdict on item q1"),
        ("/rate run q1 far=3\n", "item q1 has no whole answer of far"),
        ("/rate run q1\n", "the verdict is missing"),
        ("/rate all --sample 3\n", "--sample goes with run"),
    ])
    func mistakesAreNamed(_ line: String, _ message: String) throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let run = try judged.run(line)
        #expect(run.status != 0 && run.errors.contains(message), "\(run.errors)")
    }
}
