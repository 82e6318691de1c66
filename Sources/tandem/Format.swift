import ArgumentParser
import Basics
import Sessions
import Shell

struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Put scripts in canonical form; comments stay.")

    @Flag(help: "Change nothing; name the scripts that would change, and end with 1 for them.")
    var check = false
    @Argument(help: "Scripts.") var scripts: [String]

    func run() throws {
        var changed: [String] = []
        for path in scripts {
            let text = try TextFile.read(path)
            let formatted = try ScriptFormat.format(text, file: path)
            if formatted.utf8.elementsEqual(text.utf8) { continue }
            changed.append(path)
            if !check { try TextFile.write(formatted, to: path) }
        }
        for path in changed { Output.message(TerminalText.visibleOnOneLine(path), isError: false) }
        if check, !changed.isEmpty { throw ExitCode(1) }
    }
}
