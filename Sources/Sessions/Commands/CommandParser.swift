import Basics

/// Reads one entry of the shell: a prompt, `/command`, `!shell`, `# comment`, or a `"""` block.
public enum CommandParser {
    /// - Parameter entry: a line, or the lines of a block as ``EntryReader`` joins them.
    /// - Parameter variables: what stands for `$NAME` in it; not in comments and lines for the system's
    ///   shell, which has variables of its own.
    /// - Returns: nil for an empty line.
    /// - Throws: `usage`, with the nearest command or the usage as remedy, and the word at fault.
    public static func parse(_ entry: String, _ variables: Variables = Variables())
        throws(TandemError) -> Command?
    {
        let (head, block) = EntryReader.parts(of: entry)
        let line = trimmed(head)
        if block == nil, line.isEmpty { return nil }
        switch line.unicodeScalars.first {
        case "/": return try command(String(line.unicodeScalars.dropFirst()), block, variables)
        case "!": return .shell(trimmed(String(line.unicodeScalars.dropFirst())))
        case "#": return .comment(trimmed(String(line.unicodeScalars.dropFirst())))
        case "\\": return .prompt(try variables.expanded(String(line.unicodeScalars.dropFirst())))
        default: return .prompt(try variables.expanded(block ?? line))
        }
    }

    /// The full name of a command from a unique beginning of it.
    public static func resolve(_ word: String) throws(TandemError) -> CommandDescription {
        let all = CommandDescription.all
        let word = ["?": "help", "h": "help", "exit": "quit", "bye": "quit"][word] ?? word
        if let exact = all.first(where: { $0.name == word }) { return exact }
        let matches = all.filter { $0.name.hasPrefix(word) }
        if matches.count == 1 { return matches[0] }
        if matches.count > 1, !word.isEmpty {
            throw TandemError(
                .usage,
                "/\(word) could be " + matches.map { "/" + $0.name }.joined(separator: ", "),
                culprit: "/" + word)
        }
        let near = NearestName.suggestions(for: word, among: all.map(\.name))
        throw TandemError(
            .usage, "there is no command /\(word)",
            remedy: near.isEmpty
                ? "/help lists them; \\ before a line makes it a prompt"
                : "did you mean " + near.map { "/" + $0 }.joined(separator: " or ") + "?",
            culprit: "/" + word)
    }

    private static func command(_ line: String, _ block: String?, _ variables: Variables)
        throws(TandemError) -> Command
    {
        let scalars = line.unicodeScalars
        let end = scalars.firstIndex { $0.properties.isWhitespace } ?? scalars.endIndex
        let description = try resolve(String(scalars[..<end]))
        let rest = block ?? trimmed(String(scalars[end...]))
        let arguments = Arguments(description, rest, variables)
        switch description.name {
        case "load":
            var words = try arguments.words()
            let name = try arguments.take("as", from: &words)
            let adapter = try arguments.take("--adapter", from: &words)
            let quantization = try arguments.take("--quant", from: &words)?.lowercased()
            if let quantization, !CommandDescription.quantizations.contains(quantization) {
                throw arguments.wrong(
                    "weights cannot be rounded to \(quantization)", at: quantization)
            }
            let remote = Command.Remote(
                key: try arguments.takeKey(from: &words),
                allowsPlainHTTP: arguments.takeFlag("--plain-http", from: &words),
                price: try arguments.take("--price", from: &words))
            return .load(
                path: try arguments.only(words), name: name, adapter: adapter,
                quantization: quantization, remote: remote)
        case "adapter":
            var words = try arguments.words()
            let name = try arguments.take("as", from: &words)
            guard let base = try arguments.take("--on", from: &words) else {
                throw arguments.wrong("--on NAME is missing")
            }
            return .adapter(path: try arguments.only(words), base: base, name: name)
        case "unload": return .unload(try arguments.only(try arguments.words()))
        case "lineup": return .lineup(try arguments.words())
        case "budget": return .budget(try arguments.budget())
        case "pin":
            var words = try arguments.words()
            let isOff = words.count == 2 && words[1] == "off"
            if isOff || (words.count == 2 && words[1] == "on") { words.removeLast() }
            return .pin(try arguments.only(words), !isOff)
        case "set": return try setting(String(scalars[end...]), block, arguments)
        case "system": return .system(try arguments.expanded())
        case "chat": return .chat(try arguments.isOn())
        case "timing": return .timing(try arguments.isOn())
        case "complete":
            return .complete(
                try variables.expanded(block ?? String(scalars[end...].dropFirst())))
        case "again":
            var assignments: [Command.Assignment] = []
            for word in try arguments.words() {
                let parts = word.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else {
                    throw arguments.wrong("\(word) is not KEY=VALUE", at: word)
                }
                assignments.append(.init(key: String(parts[0]), value: String(parts[1])))
            }
            return .again(assignments)
        case "ref":
            return try reference(String(scalars[end...]), block, arguments)
        case "score":
            var words = try arguments.words()
            let turns = TurnChoice(from: &words)
            // Names may stand between commas, as on the command line; a parameter may hold some.
            let names = words.flatMap { word in
                let parts = word.split(separator: ",").map(String.init)
                return word.contains(":") || parts.isEmpty ? [word] : parts
            }
            return .score(names, turns: turns)
        case "judge":
            return rest == "audit" ? .audit : .judge(try arguments.judging(isPairwise: false))
        case "rate": return .rate(try arguments.rating())
        case "versus": return .versus(try arguments.judging(isPairwise: true))
        case "rubric": return .rubric(try arguments.rubric())
        case "run": return .run(try RunRequest(arguments))
        case "failures": return .failures(try FailuresRequest(arguments))
        case "trap":
            return .trap(
                try TrapRequest(
                    Arguments(description, trimmed(String(scalars[end...])), variables), block))
        case "show":
            let words = try arguments.words()
            if words.isEmpty { return .show(nil) }
            guard let turn = Int(try arguments.only(words)) else {
                throw arguments.wrong("\(words[0]) is not the number of a turn", at: words[0])
            }
            return .show(turn)
        case "diff":
            var words = try arguments.words()
            let turns = TurnChoice(from: &words)
            if ![0, 2].contains(words.count) {
                throw arguments.wrong("it takes two names or none")
            }
            return .diff(turns: turns, names: words)
        case "tokens":
            var words = try arguments.words()
            let turns = TurnChoice(from: &words)
            return .tokens(
                turns: turns, name: words.isEmpty ? nil : try arguments.only(words))
        case "history": return .history(HistoryRequest(rest))
        case "save":
            var words = try arguments.words()
            let turns = try SavedTurns(arguments, &words)
            return .save(try arguments.only(words), turns)
        case "replay":
            let words = try arguments.words()
            return .replay(try arguments.only(Array(words.prefix(1))), Array(words.dropFirst()))
        case "source":
            let words = try arguments.words()
            return .source(try arguments.only(Array(words.prefix(1))), Array(words.dropFirst()))
        case "expect":
            return .expect(try arguments.expectation(String(scalars[end...]), block))
        case "output":
            let format = try arguments.only(try arguments.words())
            guard CommandDescription.outputFormats.contains(format) else {
                throw arguments.wrong("\(format) is not a format", at: format)
            }
            return .output(format)
        case "help":
            let words = try arguments.words()
            return .help(words.first.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 })
        default:
            guard rest.isEmpty else { throw arguments.wrong("it takes no argument", at: rest) }
            switch description.name {
            case "models": return .models
            case "clear": return .clear
            default: return .quit
            }
        }
    }

    /// - Parameter line: what follows the name, up to a block.
    private static func reference(_ line: String, _ block: String?, _ arguments: Arguments)
        throws(TandemError) -> Command
    {
        let line = trimmed(line)
        let isFurther = line == further || line.hasPrefix(further + " ")
        let text = try arguments.variables.expanded(
            block ?? (isFurther ? trimmed(String(line.dropFirst(further.count))) : line))
        if text.isEmpty { throw arguments.wrong("the reference is missing") }
        return .reference(text, isFurther: isFurther)
    }

    /// KEY VALUE or KEY=VALUE, as /again takes it; `$NAME` is a variable.
    private static func setting(_ line: String, _ block: String?, _ arguments: Arguments)
        throws(TandemError) -> Command
    {
        let parts = trimmed(line).unicodeScalars.split(maxSplits: 1) {
            $0.properties.isWhitespace || $0 == "="
        }
        guard let key = parts.first.map({ String($0) }) else { return .set(key: nil, value: "") }
        guard let text = block ?? (parts.count == 2 ? trimmed(String(parts[1])) : nil) else {
            throw arguments.wrong("the value is missing", at: key)
        }
        let value = try arguments.variables.expanded(text)
        guard key.hasPrefix("$") else { return .set(key: key, value: value) }
        let name = String(key.dropFirst())
        guard Variables.isName(name) else {
            throw arguments.wrong(
                "\(key) cannot be a variable: a name has letters, digits and _, no digit first",
                at: key)
        }
        return .define(name, value)
    }

    /// What goes before one more reference.
    static let further = "--also"

    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }
}
