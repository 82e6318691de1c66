import ArgumentParser
import Basics
import Sessions
import Shell

struct Resume: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on with a session: models are loaded again, answers are not made again.")

    @OptionGroup var options: ShellOptions
    @Argument(help: "The beginning of a session's id, as /history lists it; by default the last.")
    var id: String?

    func run() throws { try options.onTerminal { try resume() } }

    private func resume() throws {
        let output = options.output()
        let interpreter: Interpreter
        do throws(TandemError) {
            let folder = HomePath.sessionsFolder
            let found = try SessionFinder(folder: folder).id(beginningWith: id)
            interpreter = try options.interpreter(output, SessionJournal(id: found, in: folder))
        } catch {
            output.error(error)
            throw ExitCode(error.code == .usage ? 2 : 3)
        }
        do throws(TandemError) {
            try interpreter.resume()
        } catch {
            output.error(error)
            if !options.isInteractive { throw ExitCode(3) }
        }
        if interpreter.wasInterrupted, !options.isInteractive { throw ExitCode(130) }
        interpreter.goOn()
        try options.serve(interpreter, output)
    }
}
