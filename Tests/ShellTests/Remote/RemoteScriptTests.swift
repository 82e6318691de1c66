import Basics
import Foundation
import LoopbackServer
import TestSupport
import Testing

/// Remote variants and judges through the program, as a user runs it.
struct RemoteScriptTests {
    /// Answers prompts; judges what is put before it, good answers well.
    private static func answer(_ request: ReceivedRequest) -> [ServerAction] {
        let asked = request.lastMessage
        if request.asksForComparison {
            let isFirst = asked.contains("Answer A:") && asked.contains("a\">large")
            return .better(isFirst ? "A" : "tie")
        }
        if request.asksForPoints {
            let points: JSON =
                asked.contains("says large")
                ? ["correctness": 4, "helpfulness": 3, "clarity": 3]
                : ["correctness": 1, "helpfulness": 1, "clarity": 0]
            return .points(points, reason: "It \u{1B}[31mis so.")
        }
        return .chat("\(request.model) says \(request.model)")
    }

    private static func script(_ address: String) -> String {
        """
        /load \(address)#small as base
        /load \(address)#large as tuned
        /load \(address)#large as judge
        /lineup base tuned
        How high is Mont Blanc?
        /judge --by judge
        /versus
        /judge all general --repeat 2
        /rubric test general --by judge
        /models
        /save kept
        """
    }

    private func events(_ run: RemoteRun) throws -> [JSON] {
        try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    @Test func aLineupIsAnsweredJudgedAndRunAgain() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        defer { server.close() }
        let folder = try TestSupport.TemporaryFolder()
        let run = try RemoteRun(script: Self.script(server.address), in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let events = try events(run)
        func named(_ name: String) -> [JSON] { events.filter { $0["event"]?.string == name } }
        #expect(named("loaded").count == 3)
        for event in named("loaded") {
            #expect(event["bytes"] == .null && event["sha256"] == .null)
            #expect(event["capabilities"]?["echo"] == true)
        }
        #expect(
            named("answer").map { $0["text"]?.string } == ["small says small", "large says large"])
        #expect(named("answer").allSatisfy { $0["tokens"] == 4 && $0["numerics"] == .null })
        let first = named("judgement").prefix(2)
        #expect(first.map { $0["score"]?.double } == [2, 10])
        #expect(first.map { $0["variant"]?.string } == ["base", "tuned"])
        #expect(first.last?["criteria"] == ["correctness": 4, "helpfulness": 3, "clarity": 3])
        #expect(first.first?["format"] == "json_schema")
        #expect(named("versus").count == 1 && named("canaries").first?["taken"] == 0)
        #expect(named("model").map { $0["state"]?.string } == ["remote", "remote", "remote"])
        #expect(!run.output.contains("\u{1B}") && !run.errors.contains("\u{1B}"))
        #expect(run.errors.contains("repetitions agree in 100 %"))
        // Again: the judge's calls are known, the bytes are the same.
        let asked = server.requests.count
        let again = try RemoteRun(
            ["run", "kept.tandem", "--json"], script: "", in: folder)
        #expect(again.status == 0, "\(again.errors)")
        let judged = server.requests.dropFirst(asked).compactMap(\.json).filter {
            $0["messages"]?.array?.first?["role"]?.string == "system"
        }
        #expect(judged.isEmpty)
        func results(_ events: [JSON]) -> [String] {
            let names: Set = ["loaded", "answer", "judgement", "versus"]
            return events.filter { names.contains($0["event"]?.string ?? "") }.map(\.text)
        }
        // What /rubric test judges is not part of a saved session.
        let old = results(events).filter { !$0.contains("worthless") }
        #expect(try results(self.events(again)) == old)
    }

    @Test(arguments: [
        ("/load http://example.com/v1#m\n", "plain http"),
        ("/load https://a:b@example.com/v1#m\n", "user or a password"),
        ("/load https://example.com/v1#m --key sk-secret-word\n", "not a key"),
        ("/load https://example.com/v1#m --key NO_SUCH_VARIABLE\n", "NO_SUCH_VARIABLE"),
        ("/load http://127.0.0.1:1/v1#m\n", "no connection"),
    ])
    func mistakesAreNamed(_ script: String, _ message: String) throws {
        let run = try RemoteRun(script: script, in: try TestSupport.TemporaryFolder())
        #expect(run.status == 3 && run.errors.contains(message), "\(run.errors)")
        #expect(!(run.errors + run.output).contains("secret-word"))
    }

    @Test func whatIsRemoteTakesNoMemoryAndNoAdapter() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        defer { server.close() }
        for line in ["/pin far", "/adapter lora --on far"] {
            let run = try RemoteRun(
                script: "/load \(server.address)#small as far\n\(line)\n",
                in: try TestSupport.TemporaryFolder())
            #expect(run.status == 3 && run.errors.contains("is remote"), "\(run.errors)")
        }
    }
}
