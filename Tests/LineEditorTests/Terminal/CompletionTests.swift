import PseudoTerminal
import Testing

@Suite(
    .enabled(if: BuiltProgram.path("line-editor-probe") != nil, "line-editor-probe is not built"))
struct CompletionTests {
    let session: TerminalSession

    init() throws {
        let program = try #require(BuiltProgram.path("line-editor-probe"))
        session = try TerminalSession(program, environment: ["HOME": "/nonexistent"], columns: 40)
        try session.waitForCursorLine("probe>")
    }

    @Test func theOnlyCandidateIsInsertedWithASpace() throws {
        try session.type("/sco\tx")
        try session.waitForCursorLine("probe> /score x")
        try session.press(.control("U"))
        try session.type("fol\tx")
        try session.waitForCursorLine("probe> folder/x")
    }

    @Test func theSharedBeginningIsInsertedAndTheSecondTabLists() throws {
        try session.type("/l\t")
        session.settle()
        #expect(session.screen.text == "probe> /l")
        try session.press(.tab)
        try session.waitForText("/load")
        try session.waitForText("/lineup\nprobe> /l".replacing("/lineup", with: "/load    /lineup"))
        #expect(session.screen.cursorLine == "probe> /l")
        try session.type("o\t")
        try session.waitForCursorLine("probe> /load")
    }

    @Test func completingInTheMiddleKeepsTheRest() throws {
        try session.type("/sco tail")
        for _ in 0..<5 { try session.press(.left) }
        try session.press(.tab)
        try session.waitForCursorLine("probe> /score tail")
    }

    @Test func candidatesAreListedSafelyBelowALineOfSeveralRows() throws {
        try session.paste(String(repeating: "word ", count: 12) + "\n/")
        try session.press(.tab)
        try session.press(.tab)
        try session.waitForText("wide 日本^[[2J")
        try session.waitForCursorLine("/")
        #expect(session.screen.text.hasSuffix("\n/"))
        #expect(session.screen.text.hasPrefix("probe> word"))
    }

    @Test func nothingThatFitsRingsTheBell() throws {
        let bells = session.screen.bells
        try session.type("zzz\t")
        try session.wait(for: "the bell") { $0.screen.bells > bells }
        #expect(session.screen.cursorLine == "probe> zzz")
    }
}
