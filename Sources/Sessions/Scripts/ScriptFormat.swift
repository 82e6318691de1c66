import Basics

/// A script in canonical form: full names of commands, one space between words, quotes only where they
/// are needed, no two empty lines in a row. Comments, and lines for the system's shell, stay as they
/// are.
public enum ScriptFormat {
    /// - Throws: `script`, with file, line and column, for what cannot be read.
    public static func format(_ text: String, file: String) throws(TandemError) -> String {
        var lines: [String] = []
        for part in try ScriptParts(text, file: file).parts {
            let written = try entry(part.source, line: part.line, file: file)
            if !written.isEmpty || lines.last?.isEmpty == false { lines.append(written) }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ source: String, line: Int, file: String) throws(TandemError)
        -> String
    {
        do throws(TandemError) {
            if Variables.holdsMarks(source) {
                _ = try CommandParser.parse(source, .ones)
                return source
            }
            switch try CommandParser.parse(source, .marks) {
            case nil: return ""
            case .comment, .shell: return CommandParser.trimmed(source)
            case let command?: return Variables.restored(command.text)
            }
        } catch {
            if let written = try? withoutValues(source) { return written }
            throw error.scriptError(source, line, file)
        }
    }

    /// A variable can stand where a number must: then only the value decides, and the arguments stay
    /// as they are written.
    private static func withoutValues(_ source: String) throws(TandemError) -> String? {
        let line = CommandParser.trimmed(source)
        guard line.hasPrefix("/"), !line.unicodeScalars.contains("\n"),
            !VariableReference.all(in: line).filter({ $0 != .dollar }).isEmpty
        else { return nil }
        _ = try CommandParser.parse(source, .ones)
        let scalars = line.unicodeScalars
        let end = scalars.firstIndex { $0.properties.isWhitespace } ?? scalars.endIndex
        let name = try CommandParser.resolve(String(line[..<end].dropFirst())).name
        return CommandParser.trimmed("/\(name) " + CommandParser.trimmed(String(line[end...])))
    }
}

extension TandemError {
    func scriptError(_ source: String, _ line: Int, _ file: String) -> TandemError {
        var error = located(in: source, line: line, file: file)
        error.code = .script
        return error
    }
}
