import Basics
import Sessions

/// Scripts.
extension Interpreter {
    /// Runs a script's commands up to the first that fails or is interrupted.
    public func run(_ script: Script, file: String) throws(TandemError) {
        journal?.beginScript(file: file, text: script.text, variables: script.variables.json)
        try finish(script, file: file)
    }

    /// Runs the commands of a script that has begun in the journal, and ends it there.
    /// - Parameter line: commands up to this line are done.
    func finish(_ script: Script, file: String, after line: Int = 0) throws(TandemError) {
        depth += 1
        defer {
            depth -= 1
            journal?.endScript(isLast: depth == 0)
        }
        if depth > 16 {
            throw TandemError(.limit, "scripts source each other deeper than 16", file: file)
        }
        let outer = (place, variables)
        variables = script.variables
        defer { (place, variables) = (outer.0, depth == 1 ? variables.passing(nil) : outer.1) }
        for entry in script.entries where entry.line <= line {
            if case .define(let name, let value) = entry.command { variables.define(name, value) }
        }
        for entry in script.entries where entry.line > line && !isFinished && !wasInterrupted {
            place = (file, entry.line)
            do throws(TandemError) {
                let command = entry.command.mappingPaths { ScriptPath.resolved($0, in: file) }
                try run(command, file: file, line: entry.line)
            } catch {
                throw entry.locating(error, in: file)
            }
        }
    }

    /// What a sourced script sets stands in it alone.
    func source(_ path: String, _ arguments: [String]) throws(TandemError) {
        let values = variables.passing(arguments)
        try run(Script(TextFile.read(path), file: path, variables: values), file: path)
    }
}
