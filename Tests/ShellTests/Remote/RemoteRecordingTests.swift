import Basics
import Foundation
import LoopbackServer
import TestSupport
import Testing

/// What servers and judges said comes from the recording, with the server gone.
struct RemoteRecordingTests {
    /// Takes no schema; says another thing every time, as a server does.
    private static func answer(_ request: ReceivedRequest, _ number: Int) -> [ServerAction] {
        if request.json?["response_format"]?["type"] == "json_schema" {
            return [.json(400, ["error": ["message": "no response_format here"]])]
        }
        return request.asksForPoints
            ? .points(
                ["correctness": 3, "helpfulness": 2, "clarity": .integer(number % 3)],
                reason: "reason \(number)")
            : .chat("answer number \(number)")
    }

    private static func script(_ address: String) -> String {
        """
        /load \(address)#small as base --key TEST_KEY
        /load \(address)#large as tuned
        /load \(address)#large as judge
        /lineup base tuned
        How high is Mont Blanc?
        How high is Mont Blanc?
        /judge all general --by judge --repeat 2
        /judge 1 general --by judge
        /expect tuned.judge >= 5

        """
    }

    private static let secret = "sk-recorded-0a1b2c3d"
    private static let environment = ["TEST_KEY": secret]

    @Test func nobodyIsAskedWhenAScriptIsReplayed() throws {
        let server = try ModelServer.start { Self.answer($0, $1) }
        let folder = try TestSupport.TemporaryFolder()
        // Half of the judge's calls are known from before: the recording has them all the same.
        let before = Self.script(server.address).replacing("/judge all", with: "/judge 1")
        _ = try RemoteRun(script: before, in: folder, environment: Self.environment)
        let saved = try RemoteRun(
            script: Self.script(server.address) + "/save kept\n", in: folder,
            environment: Self.environment)
        #expect(saved.status == 0, "\(saved.errors)")
        server.close()
        let asked = server.requests.count
        for arguments in [["--check", "--json"], ["--accept", "--json"], ["--check", "--json"]] {
            let home = try TestSupport.TemporaryFolder()
            let run = try RemoteRun(
                ["run", folder("kept.tandem")] + arguments, script: "", in: home)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let events = try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            let checks = events.filter { $0["event"] == "check" }
            #expect(checks.count > 10 && checks.allSatisfy { $0["tier"] == "same bytes" })
        }
        #expect(server.requests.count == asked)
        let recording = String(
            decoding: try TestFile.bytes(of: folder("kept.tandem.rec")), as: UTF8.self)
        #expect(recording.contains("\"type\":\"reply\"") && recording.contains("reason "))
        #expect(!recording.contains(Self.secret) && !recording.contains(folder.path))

        // A prompt that was never asked is no reply at all, and never a made-up one.
        let script = String(decoding: try TestFile.bytes(of: folder("kept.tandem")), as: UTF8.self)
        try TestFile.write(
            script.replacing("How high is Mont Blanc?\nHow", with: "Something new\nHow"),
            to: folder("kept.tandem"))
        let changed = try RemoteRun(["run", "kept.tandem", "--check"], script: "", in: folder)
        #expect(changed.status == 1 && changed.output.contains("the recording has no reply"))
        let refused = try RemoteRun(["run", "kept.tandem", "--accept"], script: "", in: folder)
        #expect(refused.status == 3 && refused.errors.contains("--live"))
        let live = try RemoteRun(
            ["run", "kept.tandem", "--check", "--live"], script: "", in: folder,
            environment: Self.environment)
        #expect(live.status == 3 && live.errors.contains("no connection"), "\(live.errors)")
    }
}
