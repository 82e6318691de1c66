// A program for LineEditorTests: reads lines until the end and says what it got.
//
// The history is kept in the file that is its first argument. "slow" stands for a generation: it
// runs until it is interrupted; "brief" for one of half a second.
import Glibc
import LineEditor

func say(_ text: String) {
    var text = text + "\n"
    text.withUTF8 { bytes in _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
}

let editor = LineEditor(
    program: "line-editor-probe",
    historyPath: CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : nil,
    historyLimit: 100)
let words: [Completion.Candidate] = [
    "/load", "/lineup", "/score", "/source", "/set", .init("/wide日本", label: "wide 日本\u{1B}[2J"),
    .init("folder/", isComplete: false),
]
editor.completer = { before, _ in
    let parts = before.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" }
    let word = String(parts.last ?? "")
    return Completion(word: word, candidates: words.filter { $0.text.hasPrefix(word) })
}

QuietTerminal.during {
    reading: while true {
        switch editor.readLine(prompt: "\u{1B}[36mprobe>\u{1B}[0m ") {
        case .line("quit"): break reading
        case .line("slow"):
            InterruptFlag.watching {
                say("running")
                while !InterruptFlag.isRaised { usleep(10_000) }
            }
            say("stopped")
        case .line("brief"):
            say("running")
            usleep(500_000)
            say("stopped")
        case .line("bracket"): say("interactive \(editor.isInteractive)")
        case .line(let line):
            editor.remember(line)
            say("got [\(line.replacing("\n", with: "\\n"))]")
        case .interrupted: say("interrupted")
        case .endOfInput:
            say("end")
            break reading
        }
    }
}
