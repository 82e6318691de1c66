import Basics
import LanguageModels
import LoopbackServer
import TestSupport
import Testing

/// What is asked of a server, and what becomes of its answers.
struct RemoteVariantTests {
    private static let events =
        [RemoteFixture.delta("Grüße, "), RemoteFixture.delta("日本 🫖."), RemoteFixture.end()]
        + [RemoteFixture.usage]
    private static let body =
        events.map { "data: " + $0.text + "\r\n\r\n" }.joined() + "data: [DONE]\r\n\r\n"

    /// The same answer wherever the stream is cut, and byte after byte.
    @Test func aStreamCutAnywhereIsTheSameAnswer() throws {
        let bytes = Array(Self.body.utf8)
        let fixture = try RemoteFixture { _, number in
            if number > bytes.count {
                return [.streamHead] + bytes.flatMap { [.send([$0])] } + [.close]
            }
            return [
                .streamHead, .send(Array(bytes[..<number])), .wait(seconds: 0.0005),
                .send(Array(bytes[number...])), .close,
            ]
        }
        defer { fixture.server.close() }
        for cut in 0...bytes.count + 1 {
            let (answer, shown) = try fixture.ask()
            #expect(answer.text == "Grüße, 日本 🫖." && shown == answer.text, "cut at \(cut)")
            #expect(answer.finish == .stop && answer.detail == nil)
            #expect(answer.tokenCount == 3 && answer.promptTokenCount == 7)
        }
        #expect(fixture.asked.count == bytes.count + 2)
    }

    @Test(arguments: StreamFault.all)
    func faultsEndAsTheyMust(_ fault: StreamFault) throws {
        let fixture = try RemoteFixture { _, _ in fault.actions }
        defer { fixture.server.close() }
        let (answer, shown) = try fixture.ask()
        #expect(answer.finish == fault.finish, "\(answer.detail ?? "")")
        #expect(answer.text == fault.text && shown == fault.text)
        #expect(fixture.asked.count == fault.requests)
        #expect(answer.finish != .error || answer.detail?.isEmpty == false)
        #expect(answer.numerics == nil && answer.tokenCount == nil)
    }

    @Test func aStalledServerIsGivenUp() throws {
        let fixture = try RemoteFixture(totalSeconds: 0.5) { _, _ in
            [.streamHead, .event(RemoteFixture.delta("part")), .stall]
        }
        defer { fixture.server.close() }
        let (answer, _) = try fixture.ask()
        #expect(answer.finish == .error && answer.text == "part" && fixture.asked.count == 1)
    }

    @Test func anInterruptionKeepsThePartialText() throws {
        let fixture = try RemoteFixture { _, _ in
            [.streamHead, .event(RemoteFixture.delta("part")), .stall]
        }
        defer { fixture.server.close() }
        var asks = 0
        let (answer, _) = try fixture.ask(isInterrupted: {
            asks += 1
            return asks > 6
        })
        #expect(answer.finish == .interrupted && answer.text == "part" && answer.detail == nil)
    }

    @Test func theRequestSaysWhatWasSet() throws {
        let fixture = try RemoteFixture { _, _ in
            [.streamHead, .event(RemoteFixture.end()), .event("[DONE]"), .close]
        }
        defer { fixture.server.close() }
        _ = try fixture.ask(
            .chat([
                Message(role: "system", content: "Be \"brief\"."),
                Message(role: "user", content: "a"),
            ]),
            GenerationSettings(temperature: 0.5, topP: 0.9, seed: 7, maxTokens: 5, stop: ["\n"]))
        _ = try fixture.ask(.completion("Once"))
        let asked = fixture.asked
        #expect(
            asked.first == [
                "model": "small",
                "messages": [
                    ["role": "system", "content": "Be \"brief\"."],
                    ["role": "user", "content": "a"],
                ], "max_tokens": 5, "temperature": 0.5, "top_p": 0.9, "seed": 7, "stop": ["\n"],
                "stream": true, "stream_options": ["include_usage": true],
            ])
        #expect(
            asked.last == [
                "model": "small", "prompt": "Once", "max_tokens": 256, "temperature": 0.0,
                "stream": true, "stream_options": ["include_usage": true],
            ])
        #expect(
            fixture.server.requests.suffix(2).map(\.path) == [
                "/v1/chat/completions", "/v1/completions",
            ])
        #expect(fixture.server.requests.allSatisfy { $0.headers["authorization"] == nil })
    }

    /// What the interface has no word for is refused before anything is sent.
    @Test(arguments: [
        ("top_k", GenerationSettings(topK: 5)), ("min_p", GenerationSettings(minP: 0.1)),
        ("repetition_penalty", GenerationSettings(repetitionPenalty: 1.1)),
        ("context", GenerationSettings(contextLength: 100)),
        ("stop", GenerationSettings(stop: ["a", "b", "c", "d", "e"])),
        ("seed", GenerationSettings(temperature: 1, seed: .max)),
    ])
    func whatCannotBeAskedIsRefused(_ name: String, _ settings: GenerationSettings) throws {
        let fixture = try RemoteFixture()
        defer { fixture.server.close() }
        let (answer, _) = try fixture.ask(.chat([Message(role: "user", content: "a")]), settings)
        #expect(answer.finish == .error && answer.detail?.contains(name) == true)
        #expect(fixture.asked.isEmpty)
    }

    /// A batch is asked several requests at a time, and its answers come back in order.
    @Test func aBatchIsAskedTogether() throws {
        let fixture = try RemoteFixture { request, _ in
            let text = request.json?["messages"]?.array?.last?["content"]?.string ?? ""
            return [
                .wait(seconds: 0.02), .streamHead, .event(RemoteFixture.delta("re: " + text)),
                .event(RemoteFixture.end()), .close,
            ]
        }
        defer { fixture.server.close() }
        let requests = (0..<24).map { number in
            GenerationRequest(
                variant: "far", prompt: .chat([Message(role: "user", content: "\(number)")]),
                settings: GenerationSettings())
        }
        let answers = try fixture.pool.generate(
            requests, isInterrupted: { false }, onEvent: { _ in })
        #expect(answers.map(\.text) == (0..<24).map { "re: \($0)" })
        #expect((2...8).contains(fixture.server.mostAtOnce))
    }

    @Test func aLocalAndARemoteVariantShareALineup() throws {
        let fixture = try RemoteFixture { _, _ in
            [
                .streamHead, .event(RemoteFixture.delta("far away")), .event(RemoteFixture.end()),
                .close,
            ]
        }
        defer { fixture.server.close() }
        let folder = try TemporaryFolder()
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"))
        let pool = fixture.pool
        _ = try pool.load(path: folder("tiny.gguf"), name: "near", adapterPath: nil)
        #expect(pool.variants.map(\.name) == ["far", "near"])
        let answers = try pool.generate(
            ["near", "far", "near"].map {
                GenerationRequest(
                    variant: $0, prompt: .completion("Once"),
                    settings: GenerationSettings(maxTokens: 4))
            }, isInterrupted: { false }, onEvent: { _ in })
        #expect(answers.map(\.variant) == ["near", "far", "near"])
        #expect(answers[1].text == "far away" && answers[0].text == answers[2].text)
        #expect(answers[0].tokenCount == answers[0].tokenIDs.count)
        #expect(throws: TandemError.self) {
            try pool.load(path: folder("tiny.gguf"), name: "far", adapterPath: nil)
        }
        #expect(throws: TandemError.self) { try pool.pin("far", true) }
        #expect(throws: TandemError.self) {
            try pool.attach(adapterPath: folder.path, to: "far", name: "tuned")
        }
        try pool.unload("far")
        #expect(pool.variants.map(\.name) == ["near"])
    }
}
