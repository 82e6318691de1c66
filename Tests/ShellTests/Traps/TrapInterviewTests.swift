import PseudoTerminal
import TestSupport
import Testing
import Traps

/// `/trap new` asks a person for each part, and again where a part does not fit.
struct TrapInterviewTests {
    @Test func aPersonMakesATrap() throws {
        let folder = try PseudoTerminal.TemporaryFolder()
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--no-config"],
            environment: [
                "HOME": folder.path, "PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": folder.path,
            ],
            columns: 120, rows: 40, folder: folder.path)
        try session.waitForCursorLine("tandem>", seconds: 30)
        try session.type("/trap new\r")
        let sentence = "a sentence, other forms behind |"
        let kinds =
            "premise, invented, unanswerable, outdated, number, negation, conflict, misconception"
        let answers = [
            ("name>", "A Name"), ("name>", "cup"), ("kind (\(kinds))>", "riddle"),
            ("kind (\(kinds))>", "premise"), ("prompt>", ""), ("prompt>", "Who won the cup?"),
            ("true answer, \(sentence) (empty: there is none)>", ""),
            ("what sets the question right, \(sentence) (empty: nothing)>", "no cup |"),
            ("what sets the question right, \(sentence) (empty: nothing)>", "no cup | never held"),
            ("what is false and tempts, \(sentence) (empty: no more)>", "Anna"),
            ("what is false and tempts, \(sentence) (empty: no more)>", "No cup"),
            ("what is false and tempts, \(sentence) (empty: no more)>", "Ben | Benjamin"),
            ("what is false and tempts, \(sentence) (empty: no more)>", ""),
            ("a question like it that has an answer (empty: none)>", "Who wrote Hamlet?"),
            ("the control's answer, forms between |>", "Shakespeare"),
            ("the false claim behind it, without a full stop (empty: none)>", ""),
            ("why it is a trap>", "There was no cup."),
        ]
        for (question, answer) in answers {
            try session.waitForCursorLine(question)
            try session.type(answer + "\r")
            session.settle(seconds: 0.1)
        }
        try session.waitForText("cup added to")
        let traps = try TrapLibrary(folder: folder.path + "/tandem/traps").traps("mine")
        var trap = Trap(
            id: "cup", kind: .premise, prompt: "Who won the cup?", reason: "There was no cup.")
        trap.corrections = ["no cup", "never held"]
        trap.falsehoods = [["Anna"], ["Ben", "Benjamin"]]
        trap.control = .init(prompt: "Who wrote Hamlet?", answers: ["Shakespeare"])
        #expect(traps == [trap])
        for mistake in [
            "correction has the form \"\", without a letter or digit; ^D ends",
            "\"No cup\" is true and a falsehood; ^D ends",
        ] {
            #expect(session.screen.text.contains(mistake))
        }
        try session.waitForCursorLine("tandem>")
        try session.type("/trap new\r")
        try session.waitForCursorLine("name>")
        try session.type("cup\r")
        try session.waitForText("another trap is called cup; ^D ends")
        try session.type("\u{4}")
        try session.waitForText("no trap was made")
        try session.waitForCursorLine("tandem>")
        try session.type("\u{4}")
        #expect(try session.waitForExit() == 0)
    }
}
