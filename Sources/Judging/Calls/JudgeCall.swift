import Basics
import LanguageModels

/// One question to a judge, and what makes it another one than its neighbours.
struct JudgeCall {
    var messages: [Message]
    var schema: JSON
    var rubricVersion: String
    /// From 0; repeats of a call are calls of their own.
    var repetition = 0
    /// Whether the second answer stands first.
    var isSwapped = false
    /// Whether a reply is a verdict; else the judge is asked once more, strictly.
    var accepts: (String) -> Bool

    static let settings = GenerationSettings(temperature: 0, maxTokens: 1024)

    func request(to judge: String, _ format: ReplyFormat) -> GenerationRequest {
        GenerationRequest(
            variant: judge, prompt: .chat(messages), settings: Self.settings,
            responseFormat: format.field(schema))
    }

    /// What the judge's reply depends on.
    /// - Parameter judge: which model, on which server.
    func key(judge: String, format: ReplyFormat) -> String {
        let settings = Self.settings
        let parts: JSON = [
            "judge": .string(judge), "rubric": .string(rubricVersion),
            "messages": .array(messages.map { [.string($0.role), .string($0.content)] }),
            "temperature": .number(settings.temperature),
            "max_tokens": .integer(settings.maxTokens),
            "format": .string(format.rawValue), "schema": schema,
            "repetition": .integer(repetition), "swapped": .bool(isSwapped),
        ]
        return SHA256.hex(parts.text)
    }
}
