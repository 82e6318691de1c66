import Basics
import LanguageModels

extension Prompt {
    /// `messages`, or the text of a `completion`.
    var json: JSON {
        switch self {
        case .completion(let text): ["completion": .string(text)]
        case .chat(let messages):
            [
                "messages": .array(
                    messages.map { ["role": .string($0.role), "content": .string($0.content)] })
            ]
        }
    }

    /// Nil for what is no prompt.
    init?(_ json: JSON) {
        if let text = json["completion"]?.string {
            self = .completion(text)
            return
        }
        guard let list = json["messages"]?.array else { return nil }
        let messages = list.compactMap { message -> Message? in
            guard let role = message["role"]?.string, let content = message["content"]?.string
            else { return nil }
            return Message(role: role, content: content)
        }
        if messages.count < list.count { return nil }
        self = .chat(messages)
    }
}
