import Basics
import HTTP

/// A generation as the OpenAI interface writes it. What the interface or the server cannot do is
/// refused, never left out.
struct RemoteRequest {
    let path: String
    let body: JSON

    /// The most stop texts that the interface takes.
    static let stopLimit = 4

    /// - Throws: `unsupported`, with the setting that brings it back into what can be done.
    init(_ request: GenerationRequest, _ model: String, _ capabilities: RemoteCapabilities)
        throws(TandemError)
    {
        let settings = request.settings
        try Self.check(settings)
        var fields = JSONObject()
        fields["model"] = .string(model)
        switch request.prompt {
        case .chat(let messages):
            if let reason = capabilities.template.reason {
                throw TandemError(
                    .unsupported, "the server answers no conversations: \(reason)",
                    remedy: "continue text as it stands with /complete TEXT")
            }
            path = "/chat/completions"
            fields["messages"] = .array(messages.map(Self.message))
        case .completion(let text):
            if let reason = capabilities.completions.reason {
                throw TandemError(
                    .unsupported, "the server does not continue text: \(reason)",
                    remedy: "ask it with a prompt")
            }
            path = "/completions"
            fields["prompt"] = .string(text)
        }
        fields[capabilities.tokenLimitField] = .integer(settings.maxTokens)
        fields["temperature"] = .number(settings.temperature)
        // Left out, some servers would take the value that the model's files recommend.
        if settings.temperature > 0 { fields["top_p"] = .number(settings.topP) }
        if settings.temperature > 0, capabilities.seed.isYes {
            guard let seed = Int(exactly: settings.seed) else {
                throw TandemError(
                    .unsupported, "the seed is beyond what JSON servers read",
                    remedy: "/set seed to one up to \(Int.max)")
            }
            fields["seed"] = .integer(seed)
        }
        if !settings.stop.isEmpty { fields["stop"] = .array(settings.stop.map { .string($0) }) }
        if let format = request.responseFormat { fields["response_format"] = format }
        fields["stream"] = true
        if capabilities.countsTokens { fields["stream_options"] = ["include_usage": true] }
        body = .object(fields)
    }

    static func message(_ message: Message) -> JSON {
        ["role": .string(message.role), "content": .string(message.content)]
    }

    private static func check(_ settings: GenerationSettings) throws(TandemError) {
        func refuse(_ isSet: Bool, _ name: String, _ off: String) throws(TandemError) {
            if !isSet { return }
            throw TandemError(
                .unsupported, "servers of this kind have no \(name)",
                remedy: "/set \(name) \(off) for a lineup with a remote variant")
        }
        try refuse(settings.topK != 0, "top_k", "0")
        try refuse(settings.minP != 0, "min_p", "0")
        try refuse(settings.repetitionPenalty != 1, "repetition_penalty", "1")
        try refuse(settings.contextLength != nil, "context", "auto")
        if settings.stop.count > stopLimit {
            throw TandemError(
                .unsupported,
                "servers of this kind take \(stopLimit) stop texts, not \(settings.stop.count)",
                remedy: "/set stop to fewer")
        }
    }
}
