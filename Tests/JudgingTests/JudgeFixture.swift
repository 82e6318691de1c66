import Basics
import HTTP
import Judging
import LanguageModels
import LoopbackServer
import TestSupport

/// A judge called `judge` on a server of the test, with a cache of its own.
struct JudgeFixture {
    let folder: TemporaryFolder
    let server: LoopbackServer
    let pool: VariantPool

    init(
        _ answer: @escaping @Sendable (ReceivedRequest, Int) -> [ServerAction]
    ) throws {
        folder = try TemporaryFolder()
        server = try ModelServer.start(.all, answer)
        var policy = HTTPPolicy()
        policy.retry.firstDelay = 0.002
        pool = VariantPool(local: try ModelPool(threads: 1), policy: policy)
        _ = try pool.connect(
            to: server.address + "#small", name: "judge", RemoteOptions(),
            isInterrupted: { false })
    }

    /// Another one each time, as after a new start: only the cache on disk is the same.
    var caller: JudgeCaller {
        JudgeCaller(source: pool, cache: JudgeCache(folder: folder("cache/judgements")))
    }

    func judge(_ rubric: String = "general") throws -> Judge {
        Judge(
            caller, name: "judge",
            rubric: try RubricLibrary(folder: folder.path).rubric(rubric))
    }

    /// The requests after those of the load.
    var asked: [JSON] {
        server.requests.compactMap(\.json).filter { !ModelServer.isProbe($0) }
    }

    static func says(_ text: String, finish: String = "stop") -> [ServerAction] {
        [
            .json([
                "choices": [
                    ["message": ["content": .string(text)], "finish_reason": .string(finish)]
                ], "usage": ["prompt_tokens": 100, "completion_tokens": 20],
            ])
        ]
    }

    static let verdict =
        "{\"reason\": \"Right and clear.\", \"criteria\": {\"correctness\": 4, \"helpfulness\": 3, "
        + "\"clarity\": 1}}"

    static func answer(_ response: String) -> JudgedAnswer {
        JudgedAnswer(question: "How high is Mont Blanc?", response: response)
    }
}
