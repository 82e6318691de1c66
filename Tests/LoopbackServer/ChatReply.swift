import Basics

extension ReceivedRequest {
    /// The model that is asked for; empty where none is.
    public var model: String { json?["model"]?.string ?? "" }
    /// The first message, which is the system's where there is one.
    public var firstMessage: String { json?["messages"]?.array?.first?["content"]?.string ?? "" }
    public var lastMessage: String { json?["messages"]?.array?.last?["content"]?.string ?? "" }

    /// Whether a judge is asked for points, or which of two answers is better.
    public var asksForPoints: Bool { firstMessage.contains("You score answers") }
    public var asksForComparison: Bool { firstMessage.contains("You compare two answers") }
}

extension [ServerAction] {
    /// A whole answer of a chat as a stream, with the count of its tokens.
    public static func chat(_ text: String) -> [ServerAction] {
        let delta: JSON = ["choices": [["delta": ["content": .string(text)]]]]
        let end: JSON = [
            "choices": [["delta": [:], "finish_reason": "stop"]],
            "usage": ["prompt_tokens": 9, "completion_tokens": 4],
        ]
        return [.streamHead, .event(delta), .event(end), .event("[DONE]"), .close]
    }

    /// What a judge says by the criteria of a rubric.
    public static func points(_ criteria: JSON, reason: String = "r") -> [ServerAction] {
        let verdict: JSON = ["reason": .string(reason), "criteria": criteria]
        return chat(verdict.text)
    }

    /// What a judge says of two answers: `A`, `B` or `tie`.
    public static func better(_ which: String) -> [ServerAction] {
        let verdict: JSON = ["reason": "r", "better": .string(which)]
        return chat(verdict.text)
    }
}
