import Basics
import LoopbackServer
import TestSupport
import Testing

/// `/diff` and `/tokens` where a server takes part: words are compared, and tokens are refused with the
/// reason.
struct RemoteLookingTests {
    private static func answer() -> [ServerAction] {
        let text: JSON = ["choices": [["text": " upon a time", "finish_reason": "stop"]]]
        return [.streamHead, .event(text), .event("[DONE]"), .close]
    }

    private func run(_ commands: String, _ arguments: [String] = []) throws -> RemoteRun {
        let server = try ModelServer.start { _, _ in Self.answer() }
        defer { server.close() }
        let folder = try TestSupport.TemporaryFolder()
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"))
        return try RemoteRun(
            ["run", "-"] + arguments,
            script: """
                /load \(server.address)#small as far
                /load tiny.gguf as near
                /set max_tokens 8
                /complete Once
                \(commands)

                """, in: folder)
    }

    @Test func wordsAreComparedAndTokensAreNot() throws {
        let run = try run("/diff\n/tokens near", ["--json"])
        #expect(run.status == 0, "\(run.errors)")
        let events = try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
        let diff = try #require(events.first { $0["event"] == "diff" })
        #expect(diff["words"]?.string?.contains("[-upon a time-]") == true)
        #expect(diff["reason"]?.string?.contains("far is remote") == true)
        let tokens = try #require(events.first { $0["event"] == "tokens" })
        #expect(tokens["perplexity"]?.double != nil)
        #expect(tokens["under"]?["far"]?["unscored"]?.string?.contains("far is remote") == true)
    }

    @Test func tokensOfAServersAnswerAreRefused() throws {
        let run = try run("/tokens far")
        #expect(run.status == 3 && run.errors.contains("far is remote"), "\(run.errors)")
    }
}
