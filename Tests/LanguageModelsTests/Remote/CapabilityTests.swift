import Basics
import LanguageModels
import LoopbackServer
import Testing

/// What a server does is read from its answers, not from what it takes without a word.
struct CapabilityTests {
    @Test func everythingIsSeen() throws {
        let fixture = try RemoteFixture()
        defer { fixture.server.close() }
        let found = try #require(fixture.information.remote?.capabilities)
        #expect(found.summary == "template, completions, logprobs, echo, seed")
        #expect(found.countsTokens && fixture.information.remote?.model == "small")
        #expect(fixture.asked.count == 0)
    }

    @Test(arguments: [
        (ModelServer.Abilities.logprobs, "logprobs", "gives none"),
        (.echo, "echo", "does not repeat the prompt"), (.seed, "seed", "two seeds gave one text"),
        (.completions, "completions", "no such operation"),
        (.chat, "template", "no such operation"),
    ])
    func whatIsTakenAndNotDoneIsAbsent(
        _ missing: ModelServer.Abilities, _ name: String, _ reason: String
    ) throws {
        let fixture = try RemoteFixture(.all.subtracting(missing))
        defer { fixture.server.close() }
        let found = try #require(fixture.information.remote?.capabilities)
        let finding = try #require(found.findings.first { $0.name == name }?.finding)
        #expect(finding.reason?.contains(reason) == true, "\(found.summary)")
        #expect(found.summary.contains("no \(name) ("))
    }

    @Test func withoutATemplateConversationsAreRefused() throws {
        let fixture = try RemoteFixture([.completions]) { _, _ in
            [
                .streamHead, .event(["choices": [["text": "more", "finish_reason": "stop"]]]),
                .close,
            ]
        }
        defer { fixture.server.close() }
        let (refused, _) = try fixture.ask()
        #expect(refused.finish == .error && fixture.asked.isEmpty)
        let (answer, _) = try fixture.ask(.completion("Once"))
        #expect(answer.text == "more" && answer.finish == .stop)
        #expect(fixture.asked.first?["stream_options"] == nil && answer.tokenCount == nil)
    }

    /// A text that the server drew without the seed says so.
    @Test func drawnWithoutASeedIsSaid() throws {
        let fixture = try RemoteFixture(.all.subtracting(.seed)) { _, _ in
            [.streamHead, .event(RemoteFixture.delta("x")), .event(RemoteFixture.end()), .close]
        }
        defer { fixture.server.close() }
        let settings = GenerationSettings(temperature: 1, seed: 3)
        let (answer, _) = try fixture.ask(.chat([Message(role: "user", content: "a")]), settings)
        #expect(answer.detail?.contains("without a seed") == true)
        #expect(fixture.asked.first?["seed"] == nil)
    }

    @Test func theNewNameOfTheLimitIsFound() throws {
        let fixture = try RemoteFixture(.all.union(.newTokenLimit)) { _, _ in
            [.streamHead, .event(RemoteFixture.end()), .close]
        }
        defer { fixture.server.close() }
        _ = try fixture.ask()
        #expect(fixture.asked.first?["max_completion_tokens"] == 256)
        #expect(fixture.asked.first?["max_tokens"] == nil)
    }

    @Test(arguments: [
        ("#other", "no model other"), ("", "2 models"), ("/v1/nowhere#small", "does not answer"),
    ])
    func whatIsNotThereIsNamed(_ end: String, _ message: String) throws {
        let server = try LoopbackServer { request, _ in
            if request.path == "/v1/models" {
                return [.json(["data": [["id": "small"], ["id": "large"]]])]
            }
            return [.json(404, ["detail": "Not Found"])]
        }
        defer { server.close() }
        let pool = VariantPool(local: try ModelPool(threads: 1))
        #expect {
            try pool.connect(
                to: server.address + end, name: "far", RemoteOptions(), isInterrupted: { false })
        } throws: { "\($0)".contains(message) }
        #expect(pool.variants.isEmpty)
    }

    @Test func theWrongKeyEndsTheLoadAtOnce() throws {
        let server = try LoopbackServer { _, _ in [.json(401, ["error": "no key"]), .close] }
        defer { server.close() }
        let pool = VariantPool(local: try ModelPool(threads: 1))
        #expect {
            try pool.connect(
                to: server.address + "#small", name: "far", RemoteOptions(),
                isInterrupted: { false })
        } throws: { "\($0)".contains("no key") && "\($0)".contains("--key") }
        #expect(server.requests.count == 1)
    }
}
