import Basics

extension Command {
    /// The line, or block, that reads back as this command.
    public var text: String {
        func words(_ parts: [String]) -> String {
            parts.map { Arguments.quoted($0) }.joined(separator: " ")
        }
        switch self {
        case .prompt(let text): return Self.entry("", text)
        case .load(let path, let name, let adapter, let quantization, let remote):
            return "/load "
                + words(
                    [path] + (name.map { ["as", $0] } ?? [])
                        + (adapter.map { ["--adapter", $0] } ?? [])
                        + (quantization.map { ["--quant", $0] } ?? [])
                        + (remote.key.map { ["--key", $0] } ?? [])
                        + (remote.allowsPlainHTTP ? ["--plain-http"] : [])
                        + (remote.price.map { ["--price", $0] } ?? []))
        case .adapter(let path, let base, let name):
            return "/adapter "
                + words([path, "--on", base] + (name.map { ["as", $0] } ?? []))
        case .unload(let name): return "/unload " + words([name])
        case .models: return "/models"
        case .lineup(let names): return CommandParser.trimmed("/lineup " + words(names))
        case .budget(.show): return "/budget"
        case .budget(.automatic): return "/budget auto"
        case .budget(.bytes(let count)): return "/budget " + ByteSize.exact(count)
        case .pin(let name, let isOn): return "/pin " + words([name]) + (isOn ? "" : " off")
        case .set(let key, let value):
            return key.map { "/set \($0) " + Variables.literal(value) } ?? "/set"
        case .define(let name, let value): return Self.entry("/set $\(name) ", value)
        case .system(let text): return text.isEmpty ? "/system" : Self.entry("/system ", text)
        case .chat(let isOn): return "/chat " + (isOn ? "on" : "off")
        case .complete(let text): return Self.entry("/complete ", text)
        case .again(let assignments):
            return CommandParser.trimmed(
                "/again " + words(assignments.map { $0.key + "=" + $0.value }))
        case .clear: return "/clear"
        case .reference(let text, let isFurther):
            return Self.entry("/ref " + (isFurther ? CommandParser.further + " " : ""), text)
        case .score(let names, let turns):
            return CommandParser.trimmed("/score " + words(turns.words + names))
        case .judge(let judging): return CommandParser.trimmed("/judge " + words(judging.words))
        case .versus(let judging): return CommandParser.trimmed("/versus " + words(judging.words))
        case .audit: return "/judge audit"
        case .rate(let rating): return CommandParser.trimmed("/rate " + words(rating.words))
        case .rubric(let rubric): return CommandParser.trimmed("/rubric " + words(rubric.words))
        case .run(let request): return "/run " + words(request.words)
        case .failures(let request):
            return CommandParser.trimmed("/failures " + words(request.words))
        case .trap(.new(.text(let text))): return Self.entry("/trap new ", text, isBlock: true)
        case .trap(let request): return "/trap " + words(request.words)
        case .show(let turn): return turn.map { "/show \($0)" } ?? "/show"
        case .diff(let turns, let names):
            return CommandParser.trimmed("/diff " + words(turns.words + names))
        case .tokens(let turns, let name):
            return CommandParser.trimmed(
                "/tokens " + words(turns.words + (name.map { [$0] } ?? [])))
        case .history(let request): return CommandParser.trimmed("/history " + request.text)
        case .save(let name, let turns): return "/save " + words([name] + turns.words)
        case .replay(let file, let values): return "/replay " + words([file] + values)
        case .source(let file, let arguments): return "/source " + words([file] + arguments)
        case .expect(let expectation):
            let (head, phrase) = expectation.parts
            let line = "/expect " + words(head)
            return phrase.map { Self.entry(line + " ", $0) } ?? line
        case .output(let format): return "/output " + format
        case .timing(let isOn): return "/timing " + (isOn ? "on" : "off")
        case .help(let name): return name.map { "/help \($0)" } ?? "/help"
        case .quit: return "/quit"
        case .shell(let line): return "!" + line
        case .comment(let text): return text.isEmpty ? "#" : "# " + text
        }
    }

    /// On one line where that reads back the same, else as a block.
    private static func entry(_ head: String, _ text: String, isBlock: Bool = false) -> String {
        let isPlain =
            !isBlock && !text.isEmpty && text == CommandParser.trimmed(text)
            && !text.unicodeScalars.contains("\n") && !text.unicodeScalars.contains("\r")
            && !text.hasSuffix(EntryReader.fence)
            && (!head.isEmpty || !["/", "!", "#", "\\", "\""].contains(text.prefix(1)))
            && !(head == "/ref " && text.hasPrefix(CommandParser.further))
            && !(head.hasPrefix("/expect ") && ["\"", "'"].contains(text.prefix(1)))
        let text = Variables.literal(text)
        if isPlain { return head + text }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { EntryReader.needsEscape(String($0)) ? "\\" + String($0) : String($0) }
        return ([head + EntryReader.fence] + lines + [EntryReader.fence]).joined(separator: "\n")
    }

    /// Whether running a saved session again needs this command. What is in memory changes no answer,
    /// and another machine has another amount of it.
    public var belongsInScript: Bool {
        switch self {
        case .rate(.ask): false
        case .models, .rubric, .audit, .budget, .pin, .show, .history, .save, .output, .timing,
            .help, .quit,
            .shell,
            .source, .define, .replay:
            false
        case .set(let key, _): key != nil
        case .failures(.again), .trap(.run): true
        case .failures, .trap: false
        default: true
        }
    }
}
