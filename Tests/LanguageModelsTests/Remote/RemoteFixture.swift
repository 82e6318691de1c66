import Basics
import HTTP
import LanguageModels
import LoopbackServer

/// A remote variant called `far` on a server of the test.
struct RemoteFixture {
    let server: LoopbackServer
    let pool: VariantPool
    let information: VariantInformation

    init(
        _ abilities: ModelServer.Abilities = .all, totalSeconds: Double = 20,
        _ answer: @escaping @Sendable (ReceivedRequest, Int) -> [ServerAction] = { _, _ in [] }
    ) throws {
        server = try ModelServer.start(abilities, answer)
        var policy = HTTPPolicy()
        policy.totalSeconds = totalSeconds
        policy.bodyLimit = 4096
        policy.retry.firstDelay = 0.002
        pool = VariantPool(local: try ModelPool(threads: 1), policy: policy)
        information = try pool.connect(
            to: server.address + "#small", name: "far", RemoteOptions(), isInterrupted: { false })
    }

    func ask(
        _ prompt: Prompt = .chat([Message(role: "user", content: "Hello")]),
        _ settings: GenerationSettings = GenerationSettings(),
        isInterrupted: () -> Bool = { false }
    ) throws -> (answer: Answer, shown: String) {
        var shown = ""
        let answers = try pool.generate(
            [GenerationRequest(variant: "far", prompt: prompt, settings: settings)],
            isInterrupted: isInterrupted,
            onEvent: { if case .text(_, let text) = $0 { shown += text } })
        guard let answer = answers.first else { throw TandemError(.usage, "no answer") }
        return (answer, shown)
    }

    /// The requests after those of the load.
    var asked: [JSON] {
        server.requests.compactMap(\.json).filter { !ModelServer.isProbe($0) }
    }

    static func delta(_ text: String) -> JSON {
        ["choices": [["index": 0, "delta": ["content": .string(text)], "finish_reason": nil]]]
    }

    static func end(_ reason: String = "stop") -> JSON {
        ["choices": [["index": 0, "delta": [:], "finish_reason": .string(reason)]]]
    }

    static let usage: JSON = [
        "choices": [], "usage": ["prompt_tokens": 7, "completion_tokens": 3],
    ]
}
