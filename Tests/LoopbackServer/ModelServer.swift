import Basics
import Synchronization

/// A server that answers what is asked at load as its abilities have it, and everything else as a
/// test tells it to.
public enum ModelServer {
    public struct Abilities: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let chat = Abilities(rawValue: 1)
        public static let completions = Abilities(rawValue: 2)
        public static let logprobs = Abilities(rawValue: 4)
        public static let echo = Abilities(rawValue: 8)
        public static let seed = Abilities(rawValue: 16)
        public static let countsTokens = Abilities(rawValue: 32)
        /// Takes `max_completion_tokens` in the place of `max_tokens`.
        public static let newTokenLimit = Abilities(rawValue: 64)
        public static let all: Abilities = [
            .chat, .completions, .logprobs, .echo, .seed, .countsTokens,
        ]
    }

    public static let models = ["small", "large"]

    /// - Parameter answer: to requests after those of the load; their number counts from 0.
    public static func start(
        _ abilities: Abilities = .all,
        _ answer: @escaping @Sendable (ReceivedRequest, Int) -> [ServerAction]
    ) throws -> LoopbackServer {
        let counter = Counter()
        return try LoopbackServer { request, _ in
            if request.path.hasSuffix("/models") {
                return [.json(["data": .array(models.map { ["id": JSON.string($0)] })])]
            }
            guard let json = request.json, isProbe(json) else {
                return answer(request, counter.next())
            }
            return [reply(json, request.path, abilities)]
        }
    }

    /// Whether a request belongs to the load.
    public static func isProbe(_ json: JSON) -> Bool {
        json["messages"]?.array?.first?["content"]?.string == "Count to three."
            || json["prompt"]?.string == text
    }

    private static let text = "One, two, three,"

    private final class Counter: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock { count in
                count += 1
                return count - 1
            }
        }
    }

    private static func reply(_ json: JSON, _ path: String, _ abilities: Abilities) -> ServerAction
    {
        let isChat = path.hasSuffix("/chat/completions")
        guard abilities.contains(isChat ? .chat : .completions) else {
            return .json(404, ["error": ["message": "no such operation"]])
        }
        if isChat, abilities.contains(.newTokenLimit), json["max_tokens"] != nil {
            return .json(400, ["error": ["message": "use max_completion_tokens"]])
        }
        if json["stream"] == true {
            let usage = abilities.contains(.countsTokens) ? "{\"completion_tokens\": 1}" : "null"
            return .answer(
                200, "data: {\"choices\": [], \"usage\": \(usage)}\n\ndata: [DONE]\n\n",
                type: "text/event-stream")
        }
        if json["echo"] == true { return echo(abilities) }
        let seed = abilities.contains(.seed) ? json["seed"]?.integer ?? 0 : 0
        var choice: JSON = ["message": ["content": .string("text \(seed)")]]
        if json["logprobs"] == true, abilities.contains(.logprobs) {
            choice = [
                "message": ["content": "One"],
                "logprobs": [
                    "content": [
                        ["token": "One", "logprob": -0.5, "top_logprobs": [["token": "One"]]]
                    ]
                ],
            ]
        }
        if !isChat { choice = ["text": .string("text \(seed)")] }
        return .json(["choices": [choice]])
    }

    private static func echo(_ abilities: Abilities) -> ServerAction {
        let values: JSON = abilities.contains(.echo) ? [nil, -1.5, -2, -0.25, -1] : [-1]
        let shown = abilities.contains(.echo) ? text + " four" : " four"
        return .json([
            "choices": [["text": .string(shown), "logprobs": ["token_logprobs": values]]],
            "usage": ["prompt_tokens": 4],
        ])
    }
}
