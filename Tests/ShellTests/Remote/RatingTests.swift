import Basics
import LoopbackServer
import PseudoTerminal
import TestSupport
import Testing

/// A person at the terminal rates without seeing names; what they said is saved.
struct RatingTests {
    private static func answer(_ request: ReceivedRequest) -> [ServerAction] {
        request.asksForPoints
            ? .points(["correctness": 4, "helpfulness": 3, "clarity": 3])
            : .chat("\(request.model) word")
    }

    @Test func aPersonRatesBlindAndAuditsTheJudge() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        defer { server.close() }
        let folder = try PseudoTerminal.TemporaryFolder()
        try TestFile.write(
            """
            /load \(server.address)#small as base
            /load \(server.address)#large as tuned
            Say a word.
            """ + "\n", to: folder.path + "/open.tandem")
        let session = try TerminalSession(
            try BuiltTandem.path(),
            ["--no-config", "--source", folder.path + "/open.tandem"],
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], columns: 120, rows: 60,
            folder: folder.path)
        try session.waitForCursorLine("base|tuned>", seconds: 30)
        try session.type("/rate\r")
        try session.waitForCursorLine("better (left, right, tie, bad)>")
        let shown = session.screen.text.components("[left]").last ?? ""
        let isBaseLeft = shown.hasPrefix("\nsmall word")
        #expect(isBaseLeft || shown.hasPrefix("\nlarge word"), "\(session.screen.text)")
        try session.type("perhaps\r")
        try session.waitForText("left, right, tie or bad; ^D ends")
        try session.type(isBaseLeft ? "right\r" : "left\r")
        try session.waitForCursorLine("base|tuned>")
        try session.type("/judge --by base\r")
        try session.waitForText("known from before", seconds: 20)
        try session.type("/judge audit\r")
        try session.waitForCursorLine("points (1 to 10)>")
        try session.type("9\r")
        try session.waitForText("answers rated, of those judged")
        #expect(session.screen.text.contains("1 of 2"))
        try session.type("/save rated\r")
        try session.waitForText("saved rated.tandem")
        let saved = try TestFile.bytes(of: folder.path + "/rated.tandem")
        #expect(String(decoding: saved, as: UTF8.self).contains("/rate 1 tuned\n"))
        try session.waitForCursorLine("base|tuned>")
        try session.type("\u{4}")
        #expect(try session.waitForExit() == 0)
    }

    @Test func inAScriptThereIsNobodyToAsk() throws {
        let server = try ModelServer.start { request, _ in Self.answer(request) }
        defer { server.close() }
        let start = "/load \(server.address)#small as base\nSay a word.\n"
        let folder = try TestSupport.TemporaryFolder()
        for line in ["/rate", "/judge audit"] {
            let run = try RemoteRun(script: start + line + "\n", in: folder)
            #expect(run.status == 3 && run.errors.contains("nobody to ask"), "\(run.errors)")
        }
        let run = try RemoteRun(script: start + "/rate 1 base=7\n/rate 1 tie\n", in: folder)
        #expect(run.output.contains("\"event\":\"rating\"") && run.output.contains("\"score\":7"))
        #expect(run.status == 3 && run.errors.contains("no verdict"), "\(run.errors)")
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }
}
