import Glibc
import PseudoTerminal
import Testing

@Suite(
    .enabled(if: BuiltProgram.path("line-editor-probe") != nil, "line-editor-probe is not built"))
struct HistoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func start() throws -> TerminalSession {
        let program = try #require(BuiltProgram.path("line-editor-probe"))
        let session = try TerminalSession(
            program, [folder.path + "/state/tandem/history"], environment: ["HOME": folder.path])
        try session.waitForCursorLine("probe>")
        return session
    }

    private func enter(_ lines: [String], _ session: TerminalSession) throws {
        for line in lines {
            try session.type(line + "\r")
            try session.waitForText("got [\(line)]")
            try session.waitForCursorLine("probe>")
        }
    }

    @Test func theFileIsPrivateReadableAndWithoutRepetitions() throws {
        let session = try start()
        try enter(["alpha", "beta", " secret", "alpha", "gamma"], session)
        try session.paste("multi\nline 日本")
        try session.press(.enter)
        try session.waitForText("got [multi\\nline 日本]")
        session.signal(SIGKILL)
        #expect(try session.waitForExit() == 128 + SIGKILL)
        #expect(folder.mode("state/tandem/history") == 0o600)
        #expect(folder.mode("state/tandem") == 0o700)
        #expect(folder.mode("state") == 0o700)
        let text = try #require(folder.read("state/tandem/history"))
        #expect(text == "alpha\nbeta\nalpha\ngamma\nmulti\n\tline 日本\n")

        let next = try start()
        try next.press(.up)
        try next.waitForText("probe> multi\nline 日本")
        for line in ["gamma", "alpha", "beta"] {
            try next.press(.up)
            try next.waitForCursorLine("probe> " + line)
        }
        try next.press(.up)
        next.settle()
        #expect(next.screen.cursorLine == "probe> beta")
    }

    @Test func arrowsFindEntriesThatBeginAlike() throws {
        let session = try start()
        try enter(["/load one", "hello", "/load two", "/set x", "other"], session)
        try session.type("/lo")
        for line in ["/load two", "/load one", "/load one"] {
            try session.press(.up)
            try session.waitForCursorLine("probe> " + line)
        }
        try session.press(.down)
        try session.waitForCursorLine("probe> /load two")
        try session.press(.down)
        try session.waitForCursorLine("probe> /lo")
        try session.press(.control("U"))
        try session.press(.up)
        try session.waitForCursorLine("probe> other")
    }

    @Test func incrementalSearchFindsWhatWasEnteredBefore() throws {
        try enter(["a haystack", "with a needle inside", "more hay"], try start())
        let session = try start()
        try session.press(.control("R"))
        try session.type("needle")
        try session.waitForText("probe> with a needle inside")
        try session.press(.enter)
        try session.waitForText("got [with a needle inside]")
    }

    @Test func aLongFileIsShortenedAndItsPermissionsAreNarrowed() throws {
        let first = try start()
        try enter(["seed"], first)
        let lines = (1...500).map { "entry \($0)" }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "state/tandem/history")
        chmod(folder.path + "/state/tandem/history", 0o644)
        let session = try start()
        try session.press(.up)
        try session.waitForCursorLine("probe> entry 500")
        let kept = try #require(folder.read("state/tandem/history"))
        #expect(kept == lines.suffix(100).joined(separator: "\n") + "\n")
        #expect(folder.mode("state/tandem/history") == 0o600)
    }

    @Test func aHistoryThatCannotBeWrittenDoesNotStopTheEditor() throws {
        let program = try #require(BuiltProgram.path("line-editor-probe"))
        let session = try TerminalSession(program, ["/proc/none/history"])
        try session.waitForCursorLine("probe>")
        try enter(["still here"], session)
        try session.press(.up)
        try session.waitForCursorLine("probe> still here")
    }
}
