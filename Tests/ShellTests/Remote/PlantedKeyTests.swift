import Basics
import Foundation
import LoopbackServer
import PseudoTerminal
import TestSupport
import Testing

/// A key of the environment goes to its server, and nowhere else.
struct PlantedKeyTests {
    private static let secret = "sk-planted-9f8e7d6c5b4a"

    /// Repeats the key in texts and in errors, as a careless server might.
    private static func careless(_ request: ReceivedRequest, _ number: Int) -> [ServerAction] {
        let sent = request.headers["authorization"] ?? "nothing"
        if request.lastMessage.contains("refuse") {
            return [.json(403, ["error": ["message": .string(sent)]])]
        }
        return .chat("you sent \(sent)")
    }

    private static func script(_ address: String) -> String {
        """
        /load \(address)#small as far --key TANDEM_TEST_KEY
        Hello
        please refuse
        !tr '\\0' ' ' < /proc/$PPID/cmdline
        /show
        /models
        /judge --by far
        /run rows.jsonl
        /judge run --by far
        /save kept
        """
    }

    /// Everything under a folder, as one text.
    private func everything(_ folder: String) throws -> String {
        let files = FileManager.default.enumerator(atPath: folder)
        var all = ""
        while let name = files?.nextObject() as? String {
            all += name + "\n"
            let path = folder + "/" + name
            if let data = FileManager.default.contents(atPath: path) {
                all += String(decoding: data, as: UTF8.self)
            }
        }
        return all
    }

    @Test func itAppearsNowhereInAScript() throws {
        let server = try ModelServer.start { Self.careless($0, $1) }
        defer { server.close() }
        let folder = try TestSupport.TemporaryFolder()
        try TestFile.write("{\"prompt\": \"please refuse\"}\n", to: folder("rows.jsonl"))
        for format in [["run", "-", "--json"], ["run", "-"]] {
            let run = try RemoteRun(
                format, script: Self.script(server.address), in: folder,
                environment: ["TANDEM_TEST_KEY": Self.secret])
            #expect(run.output.contains("you sent Bearer (key)"), "\(run.errors)")
        }
        let history = try RemoteRun(script: "/history refuse\n", in: folder)
        #expect(history.output.contains("refuse") && !history.output.contains(Self.secret))
        let check = try RemoteRun(
            [
                "run", "kept.tandem", "--check", "--junit", "report.xml", "--markdown",
                "report.md",
            ], script: "", in: folder, environment: ["TANDEM_TEST_KEY": Self.secret])
        #expect(check.output.contains("kept.tandem"), "\(check.errors)")
        #expect(!(check.output + check.errors).contains(Self.secret))
        let all = try everything(folder.path)
        #expect(all.contains("kept.tandem") && all.contains("TANDEM_TEST_KEY"))
        #expect(all.contains("tandem/sessions/") && all.contains("tandem/runs/"))
        #expect(all.contains("kept.tandem.rec") && all.contains("report.xml"))
        #expect(all.contains("judgements/") && !all.contains(Self.secret))
        let sent = server.requests.map { $0.headers["authorization"] }
        #expect(sent.count > 10 && sent.allSatisfy { $0 == "Bearer " + Self.secret })
    }

    @Test func itAppearsNowhereInASession() throws {
        let server = try ModelServer.start { Self.careless($0, $1) }
        defer { server.close() }
        let folder = try PseudoTerminal.TemporaryFolder()
        try TestFile.write("{\"prompt\": \"Hello\"}\n", to: folder.path + "/rows.jsonl")
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--no-config"],
            environment: [
                "HOME": folder.path, "PATH": "/usr/bin:/bin", "TANDEM_TEST_KEY": Self.secret,
            ], columns: 120, rows: 50, folder: folder.path)
        try session.waitForCursorLine("tandem>")
        for line in Self.script(server.address).split(separator: "\n") {
            try session.type(line + "\r")
        }
        try session.waitForText("saved kept.tandem", seconds: 30)
        try session.waitForCursorLine("far>")
        try session.type("\u{4}")
        #expect(try session.waitForExit() == 0)
        #expect(!String(decoding: session.output, as: UTF8.self).contains(Self.secret))
        let all = try everything(folder.path)
        #expect(all.contains("history") && all.contains("sessions/") && !all.contains(Self.secret))
    }
}
