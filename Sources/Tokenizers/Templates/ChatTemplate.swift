import Basics

/// A model's chat template: Jinja, as far as chat templates use it.
///
/// Source: the Jinja documentation, 3.1, and the settings of transformers' `apply_chat_template`
/// (`trim_blocks`, `lstrip_blocks`, `break` and `continue`, `raise_exception`, `strftime_now`).
/// A template can do nothing but make text, within the limits of `TemplateBudget`.
public struct ChatTemplate: Sendable {
    private let statements: [TemplateStatement]
    private let name: String

    /// - Parameter name: the file that it is from, for error messages.
    /// - Throws: `malformed`, with the line; `unsupported` for statements that reach outside.
    public init(_ source: String, name: String = "chat template") throws(TandemError) {
        statements = try TemplateParser.statements(source, file: name)
        self.name = name
    }

    /// The text of a conversation. The messages' contents are not trusted, all else is.
    /// - Throws: `malformed` for what the template itself refuses (`raise_exception`) or does wrong;
    ///   `limit`.
    public func render(
        _ messages: [ChatMessage], addGenerationPrompt: Bool, bosToken: String, eosToken: String
    ) throws(TandemError) -> PromptText {
        let list: [JSON] = messages.map {
            ["role": .string($0.role), "content": .string($0.content)]
        }
        return try render(context: [
            "messages": .array(list), "add_generation_prompt": .bool(addGenerationPrompt),
            "bos_token": .string(bosToken), "eos_token": .string(eosToken),
        ])
    }

    /// The text for any context. Strings in it are not trusted but for the special tokens.
    /// - Parameter clock: seconds since 1970 that `strftime_now` shows, UTC; nil is now.
    package func render(context: JSON, clock: Int? = nil) throws(TandemError) -> PromptText {
        let runner = TemplateRunner(file: name, clock: clock)
        for (key, value) in context.object?.members ?? [] {
            let isTrusted = key.hasSuffix("_token")
            runner.global.variables[key] = TemplateValue(value, isTrusted: isTrusted)
        }
        _ = try runner.run(statements)
        return runner.output
    }
}
