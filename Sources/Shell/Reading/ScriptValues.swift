import Basics
import Sessions

/// What a command line gives to scripts: `--NAME VALUE` for `$NAME`, and arguments for `$1` and so on.
public struct ScriptValues {
    private var named: [(name: String, value: String)] = []
    private var arguments: [String] = []

    public init() {}

    /// Takes scripts and values apart.
    /// - Parameter words: what no option of the program took: scripts, `--NAME VALUE` or `--NAME=VALUE`,
    ///   and after `--` the arguments.
    /// - Throws: `usage` for a name without a value, or one that cannot be a variable's.
    public static func read(_ words: [String]) throws(TandemError) -> (
        scripts: [String], values: ScriptValues
    ) {
        var (scripts, values) = ([String](), ScriptValues())
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                values.arguments = rest.map(fromHere)
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                scripts.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0].dropFirst(2))
            guard word.hasPrefix("--"), Variables.isName(name) else {
                throw TandemError(
                    .usage, "there is no option \(parts[0])",
                    remedy: "values for a script's variables are written --NAME VALUE")
            }
            let next = rest.first == "--" ? nil : rest.first
            if parts.count == 1, next != nil { rest.removeFirst() }
            guard let value = parts.count == 2 ? String(parts[1]) : next else {
                throw TandemError(.usage, "\(word) is no option, and as $\(name) it has no value")
            }
            values.named.append((name, fromHere(value)))
        }
        if scripts.isEmpty { throw TandemError(.usage, "no script is named") }
        return (scripts, values)
    }

    /// A path that begins with `./` or `../` begins in the current folder, not in a script's.
    private static func fromHere(_ value: String) -> String {
        guard value.hasPrefix("./") || value.hasPrefix("../") else { return value }
        return SessionJournal.currentFolder + "/"
            + (value.hasPrefix("./") ? String(value.dropFirst(2)) : value)
    }

    /// - Parameter outer: what is known without them.
    func variables(over outer: Variables = Variables()) -> Variables {
        var variables = outer.passing(arguments)
        for (name, value) in named { variables.give(name, value) }
        return variables
    }

    /// - Throws: `usage` for a value that neither the script nor one that it sources uses.
    func check(_ script: Script, file: String) throws(TandemError) {
        if named.isEmpty { return }
        let used = Self.names(in: script, file, script.variables, depth: 0)
        for (name, _) in named where !used.contains(name) {
            throw TandemError(
                .usage, "--\(name) is no option, and the script has no $\(name)", file: file)
        }
    }

    private static func names(
        in script: Script, _ file: String, _ variables: Variables, depth: Int
    ) -> Set<String> {
        var names = script.names
        for case .source(let sourced, let arguments) in script.entries.map(\.command)
        where depth < 16 {
            // A script that cannot be read yet is an error when its turn comes.
            let path = HomePath.expanded(ScriptPath.resolved(sourced, in: file))
            guard let text = try? TextFile.read(path),
                let inner = try? Script(text, file: path, variables: variables.passing(arguments))
            else { continue }
            names.formUnion(Self.names(in: inner, path, variables, depth: depth + 1))
        }
        return names
    }
}
