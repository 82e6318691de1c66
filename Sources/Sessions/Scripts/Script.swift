import Basics

/// The commands of a script, with the lines they stand on and values in the place of variables.
public struct Script: Sendable {
    public let entries: [Entry]
    public let text: String
    /// The names of variables that it uses.
    public let names: Set<String>
    /// What it was read with.
    public let variables: Variables

    /// - Parameter variables: what stands for `$NAME` and `$1` in it; what it sets itself stands from
    ///   there on.
    /// - Throws: `script`, with file, line and column, for a command that cannot be read, a variable
    ///   without a value and a block that is not closed. Nothing has run by then.
    public init(
        _ text: String, file: String, variables: Variables = Variables(arguments: [])
    ) throws(TandemError) {
        self.variables = variables
        var variables = variables
        var entries: [Entry] = []
        var names: Set<String> = []
        for part in try ScriptParts(text, file: file).parts {
            for case .name(let name) in VariableReference.all(in: part.source) {
                names.insert(name)
            }
            let command: Command?
            do throws(TandemError) {
                command = try CommandParser.parse(part.source, variables)
            } catch {
                throw error.scriptError(part.source, part.line, file)
            }
            guard let command else { continue }
            if case .define(let name, let value) = command { variables.define(name, value) }
            entries.append(Entry(line: part.line, source: part.source, command: command))
        }
        self.entries = entries
        self.text = text
        self.names = names
    }
}
