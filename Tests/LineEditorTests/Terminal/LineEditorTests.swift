import Glibc
import PseudoTerminal
import Testing

/// The editor as a user meets it: keys go into a pseudo-terminal, the screen is read.
@Suite(
    .enabled(if: BuiltProgram.path("line-editor-probe") != nil, "line-editor-probe is not built"))
struct LineEditorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func start(columns: Int = 60, rows: Int = 20, terminal: String = "xterm-256color")
        throws -> TerminalSession
    {
        let program = try #require(BuiltProgram.path("line-editor-probe"))
        let session = try TerminalSession(
            program, [folder.path + "/state/history"],
            environment: ["HOME": folder.path, "TERM": terminal], columns: columns, rows: rows)
        try session.waitForCursorLine("probe>")
        return session
    }

    @Test func wideCharactersArriveAndMoveTheCursorByTheirColumns() throws {
        let session = try start()
        try session.type("日本語 wörld 😀")
        try session.waitForCursorLine("probe> 日本語 wörld 😀")
        #expect(session.screen.column == 7 + 6 + 1 + 5 + 1 + 2)
        try session.press(.control("A"))
        try session.press(.right)
        try session.type("x")
        try session.press(.enter)
        try session.waitForText("got [日x本語 wörld 😀]")
    }

    @Test func bytesThatAreNotUTF8DoNotEndTheLine() throws {
        let session = try start()
        try session.type(bytes: [0x61, 0xFF, 0x62, 0xE6, 0x97, 0x63, 0x0D])
        try session.waitForText("got [a\u{FFFD}b\u{FFFD}c]")
    }

    @Test func aLongLineWrapsAndIsEditedAtItsStart() throws {
        let session = try start(columns: 20)
        try session.type("0123456789abcdefghijklmnopqrstuvwxyz")
        try session.press(.control("A"))
        try session.type("日")
        try session.press(.enter)
        try session.waitForText("got [日0123456789abc\ndefghijklmnopqrstuvw\nxyz]\nprobe>")
        #expect(session.screen.lines[0] == "probe> 日0123456789a")
    }

    @Test func editingKeysAreThoseOfReadline() throws {
        let session = try start()
        try session.type("one two three")
        try session.press(.control("W"))
        try session.waitForCursorLine("probe> one two")
        try session.press(.alt(Key(rawValue: "b")))
        try session.press(.control("K"))
        try session.waitForCursorLine("probe> one")
        try session.press(.control("A"))
        try session.press(.delete)
        try session.press(.control("E"))
        try session.type("!")
        try session.waitForCursorLine("probe> ne !")
        try session.press(.control("U"))
        try session.waitForCursorLine("probe>")
    }

    @Test func keysWithoutAMeaningLeaveNothingInTheLine() throws {
        let session = try start()
        for sequence in ["[15~", "[1;2A", "[I", "OP", "[<0;3;4M"] {
            try session.press(Key(rawValue: "\u{1B}" + sequence))
        }
        try session.type("ab")
        try session.press(Key(rawValue: "\u{1B}[H"))
        try session.press(Key(rawValue: "\u{1B}OC"))
        try session.type("日x")
        try session.waitForCursorLine("probe> a日xb")
    }

    @Test func escapeSequencesInAPasteStayText() throws {
        let session = try start()
        try session.paste("\u{1B}[31mred\u{1B}[0m")
        try session.waitForCursorLine("probe> ^[[31mred^[[0m")
    }

    @Test func combiningMarksAndWideCharactersAtTheEdge() throws {
        let session = try start(columns: 12)
        try session.type("abcd日本e\u{301}f")
        try session.waitForText("probe> abcd\n日本e\u{301}f")
        try session.press(.backspace)
        try session.press(.enter)
        try session.waitForText("got [abcd日\n本e\u{301}]")
    }

    @Test func interruptThrowsTheLineAwayAndEndOfInputNeedsAnEmptyLine() throws {
        let session = try start()
        try session.type("abc")
        try session.press(.control("A"))
        try session.press(.control("C"))
        try session.waitForText("probe> abc^C\ninterrupted\nprobe>")
        try session.type("xy")
        try session.waitForCursorLine("probe> xy")
        try session.press(.control("D"))
        try session.press(.control("A"))
        try session.press(.control("D"))
        try session.waitForCursorLine("probe> y")
        try session.press(.control("D"))
        try session.waitForCursorLine("probe>")
        try session.press(.control("D"))
        #expect(try session.waitForExit() == 0)
        #expect(session.screen.text.hasSuffix("end"))
    }

    @Test func pastedLineFeedsDoNotSubmit() throws {
        let session = try start()
        #expect(session.screen.modes.contains(2004))
        try session.paste("first\nsecond 日本\n\tthird\n")
        try session.waitForText("third")
        session.settle()
        #expect(!session.screen.text.contains("got"))
        try session.type("!")
        try session.press(.enter)
        try session.waitForText("got [first\\nsecond 日本\\n")
        try session.type("quit")
        try session.press(.enter)
        #expect(try session.waitForExit() == 0)
        #expect(!session.screen.modes.contains(2004))
    }

    @Test func aPasteLargerThanTheScreenComesWhole() throws {
        let session = try start(rows: 10)
        let lines = (1...300).map { "line \($0)" }
        try session.paste(lines.joined(separator: "\n"))
        try session.press(.enter)
        try session.waitForText("line 300]", seconds: 20)
        let got = session.screen.fullText.replacing("\n", with: "")
        #expect(got.contains("got [" + lines.joined(separator: "\\n") + "]"))
    }

    @Test func altEnterMakesAnotherLine() throws {
        let session = try start()
        try session.type("one")
        try session.press(.alt(.enter))
        try session.type("two")
        try session.press(.enter)
        try session.waitForText("probe> one\ntwo\ngot [one\\ntwo]")
    }

    @Test func theScreenIsDrawnAgainWhenTheSizeChanges() throws {
        let session = try start(columns: 60)
        try session.type("some words that are there to be wrapped")
        try session.waitForCursorLine("probe> some words that are there to be wrapped")
        session.resize(columns: 30, rows: 20)
        try session.wait(for: "the line in two rows") {
            $0.screen.text.contains("probe> some words that are the\nre to be wrapped")
        }
        try session.press(.enter)
        try session.waitForText("got [some words that are there\n to be wrapped]")
    }

    @Test func aSignalThatEndsTheProgramLeavesTheTerminalUsable() throws {
        let session = try start()
        try session.type("abc")
        try session.waitForCursorLine("probe> abc")
        #expect(!session.echoesInput)
        session.signal(SIGTERM)
        #expect(try session.waitForExit() == 128 + SIGTERM)
        #expect(session.echoesInput)
        #expect(!session.screen.modes.contains(2004))
    }

    @Test func interruptingRunningWorkStopsItOnly() throws {
        let session = try start()
        try session.type("slow\r")
        try session.waitForText("running")
        try session.press(.control("C"))
        try session.waitForText("stopped\nprobe>")
    }

    @Test func whatIsTypedWhileSomethingRunsWaitsUnseenForTheNextLine() throws {
        let session = try start()
        try session.type("brief\r")
        try session.waitForText("running")
        #expect(!session.echoesInput)
        try session.type("/lo\tx\r")
        try session.press(.control("D"))
        try session.waitForText("stopped\nprobe> /load x\ngot [/load x]\nprobe>")
        try session.waitForText("end")
        #expect(try session.waitForExit() == 0)
        #expect(session.echoesInput)
    }

    @Test func afterAStopRunningWorkHasTheTerminalAsBefore() throws {
        let session = try start()
        try session.type("slow\r")
        try session.waitForText("running")
        session.signal(SIGSTOP)
        session.echoInput()
        session.signal(SIGCONT)
        try session.wait(for: "the quiet terminal") { !$0.echoesInput }
        try session.type("unseen")
        try session.press(.control("C"))
        try session.waitForText("running\nstopped\nprobe>")
    }

    @Test func aSignalThatEndsRunningWorkLeavesTheTerminalUsable() throws {
        let session = try start()
        try session.type("slow\r")
        try session.waitForText("running")
        session.signal(SIGTERM)
        #expect(try session.waitForExit() == 128 + SIGTERM)
        #expect(session.echoesInput)
    }

    @Test func aDumbTerminalGetsPlainLines() throws {
        let session = try start(terminal: "dumb")
        try session.type("bracket\r")
        try session.waitForText("interactive false\nprobe>")
        try session.press(.control("C"))
        try session.waitForText("interrupted")
        #expect(!session.output.contains(0x1B))
    }
}
