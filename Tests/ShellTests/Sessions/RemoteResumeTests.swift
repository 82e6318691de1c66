import Basics
import Foundation
import LoopbackServer
import PseudoTerminal
import Sessions
import TestSupport
import Testing

/// A session with servers is resumed: they are asked what they do, and for no answer again.
struct RemoteResumeTests {
    private static func answer(_ request: ReceivedRequest) -> [ServerAction] {
        request.asksForPoints
            ? .points(["correctness": 4, "helpfulness": 3, "clarity": 2])
            : .chat("\(request.model) word")
    }

    private static func script(_ address: String) -> String {
        """
        /load \(address)#small as base --key TANDEM_TEST_KEY
        /load \(address)#large as judge --key TANDEM_TEST_KEY
        /lineup base
        Say a word.
        /judge --by judge

        """
    }

    /// How often a prompt was asked.
    private static func asked(_ server: LoopbackServer, _ prompt: String) -> Int {
        server.requests.count { request in
            request.json?["messages"]?.array?.contains { $0["content"]?.string == prompt } == true
        }
    }

    @Test func judgementsAreThereForAnAudit() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        defer { server.close() }
        let folder = try TestSupport.TemporaryFolder()
        let environment = ["TANDEM_TEST_KEY": "sk-planted-1234567890"]
        let run = try RemoteRun(
            script: Self.script(server.address), in: folder, environment: environment)
        #expect(run.status == 0, "\(run.errors)")
        #expect(Self.asked(server, "Say a word.") == 1)
        let session = try TerminalSession(
            try BuiltTandem.path(), ["resume"],
            environment: environment.merging(
                ["HOME": folder.path, "PATH": "/usr/bin:/bin"], uniquingKeysWith: { $1 }),
            columns: 120, rows: 60, folder: folder.path)
        try session.waitForCursorLine("base>", seconds: 30)
        #expect(session.screen.text.contains("1 turn, base"))
        try session.type("/judge audit\r")
        try session.waitForCursorLine("points (1 to 10)>")
        #expect(session.screen.text.contains("small word"))
        try session.type("9\r")
        try session.waitForText("answers rated, of those judged")
        try session.waitForCursorLine("base>")
        try session.press(.control("D"))
        #expect(try session.waitForExit() == 0)
        #expect(Self.asked(server, "Say a word.") == 1)
    }

    @Test func judgementsOfARunAreThereForAnAudit() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let run = try judged.run("/judge run --by judge\n")
        #expect(run.status == 0, "\(run.errors)")
        let calls = judged.server.requests.count
        #expect(judged.judgeCalls > 0)
        let session = try TerminalSession(
            try BuiltTandem.path(), ["resume"],
            environment: ["HOME": judged.folder.path, "PATH": "/usr/bin:/bin"],
            columns: 120, rows: 60, folder: judged.folder.path)
        try session.waitForCursorLine("base|tuned>", seconds: 30)
        try session.type("/judge audit\r")
        for _ in 0..<3 {
            try session.waitForCursorLine("points (1 to 10)>")
            try session.type("9\r")
            session.settle(seconds: 0.1)
        }
        try session.waitForText("answers rated, of those judged")
        try session.waitForCursorLine("base|tuned>")
        try session.press(.control("D"))
        #expect(try session.waitForExit() == 0)
        // At the load each server is asked what it does; no row and no verdict is asked again.
        let asked = judged.server.requests.dropFirst(calls).compactMap(\.json)
        let prompts = asked.flatMap { $0["messages"]?.array ?? [] }.compactMap {
            $0["content"]?.string
        }
        #expect(!prompts.contains { $0.hasPrefix("Say ") || $0.contains("You score answers") })
    }

    @Test func aServerThatIsGoneIsSaidAndItsAnswersStay() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        let folder = try TestSupport.TemporaryFolder()
        let environment = ["TANDEM_TEST_KEY": "sk-planted-1234567890"]
        _ = try RemoteRun(
            script: Self.script(server.address), in: folder, environment: environment)
        server.close()
        let resumed = try RemoteRun(
            ["resume", "--json"], script: "/show\n", in: folder, environment: environment)
        #expect(resumed.status == 0 && resumed.errors.contains(server.address), "\(resumed.errors)")
        let answer = try JSON.parse(String(resumed.output.split(separator: "\n").last ?? ""))
        #expect(answer["text"]?.string == "small word" && answer["turn"]?.integer == 1)
        #expect(answer["fingerprint"]?.string != nil, "it is known whose answer it is")
    }
}
