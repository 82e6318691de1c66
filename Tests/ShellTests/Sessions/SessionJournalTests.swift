import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// What happens in a session is in its journal, whatever way it is given.
struct SessionJournalTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    private static let script =
        SessionFixture.load + """
            /set max_tokens 5
            /set temperature 1
            Hello
            /ref Good day
            /score em f1
            /rate 1 tuned

            """

    @Test(arguments: [["run", "s.tandem", "--json"], ["run", "-", "--json"], ["--json"], ["-c"]])
    func everyCommandAndResultIsKept(_ way: [String]) throws {
        try TestFile.write(Self.script, to: fixture.folder("s.tandem"))
        let arguments =
            way == ["-c"]
            ? Self.script.split(separator: "\n").flatMap { ["-c", String($0)] } + ["--json"] : way
        let result = try fixture.tandem(arguments, Self.script)
        #expect(result.status == 0, "\(result.errors)")
        let records = try fixture.records(try #require(fixture.ids.last))
        #expect(fixture.ids.count == 1 && records.first?["type"]?.string == "session")
        let commands = records.ofType("command").compactMap { $0["text"]?.string }
        #expect(commands == Self.script.split(separator: "\n").map { String($0) })
        #expect(records.ofType("done").count == commands.count)
        #expect(records.ofType("loaded").map { $0["weight_type"]?.string } == ["F32", "F32"])
        // What was shown is what was kept, but for the times.
        for kind in ["answer", "score", "rating"] {
            let shown = try result.output.split(separator: "\n").map {
                try JSON.parse(String($0))
            }.filter { $0["event"]?.string == kind }
            let kept = records.ofType(kind).sorted { Self.order($0) < Self.order($1) }
            #expect(shown.count == kept.count && !kept.isEmpty)
            for (event, record) in zip(shown.sorted { Self.order($0) < Self.order($1) }, kept) {
                for (key, value) in event.object?.members ?? []
                where !["event", "first_token_ms", "tokens_per_second"].contains(key) {
                    #expect(record[key] == value, "\(kind) \(key)")
                }
            }
        }
        for answer in records.ofType("answer") {
            #expect(answer["token_ids"]?.array?.count == answer["tokens"]?.integer)
            #expect(try #require(answer["first_token_ms"]?.double) > 0)
        }
        let mode = try FileManager.default.attributesOfItem(
            atPath: fixture.folder(".state/tandem/sessions"))[.posixPermissions]
        #expect(mode as? Int == 0o700)
    }

    private static func order(_ json: JSON) -> String {
        (json["metric"]?.string ?? "") + (json["variant"]?.string ?? "")
    }

    /// A turn is there before its answers, so that they can be asked for again.
    @Test func anAnswerStandsBetweenItsTurnAndTheEndOfItsCommand() throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        let types = try fixture.records(fixture.ids[0]).compactMap { $0["type"]?.string }
        let start = try #require(types.firstIndex(of: "turn"))
        #expect(types[start - 1..<start + 4] == ["command", "turn", "answer", "answer", "done"])
    }

    @Test func lookingBeginsNoSession() throws {
        let result = try fixture.tandem(["run", "-"], "/help\n/models\n# nothing\n/quit\n")
        #expect(result.status == 0 && fixture.ids.isEmpty)
    }

    @Test func aMistakeIsKeptWithItsCommand() throws {
        _ = try fixture.tandem(["run", "-"], "/load missing.gguf\n")
        let records = try fixture.records(fixture.ids[0])
        #expect(records.ofType("done")[0]["error"]?.string?.contains("missing.gguf") == true)
        #expect(records.last?["type"]?.string == "end")
    }

    @Test func withoutAPlaceForItItSaysSoOnceAndGoesOn() throws {
        try TestFile.write("", to: fixture.folder("file"))
        for state in [fixture.folder("file"), "/proc/none", "/sys/none"] {
            let result = try fixture.tandem(["run", "-", "--json"], Self.script, state: state)
            #expect(result.status == 0 && result.output.contains("\"event\":\"rating\""))
            let notes = result.errors.split(separator: "\n").filter { $0.contains("not kept") }
            #expect(notes.count == 1, "\(result.errors)")
        }
    }

    /// A disk that is full in the middle of a session.
    @Test func aFullDiskEndsTheJournalAndNotTheSession() throws {
        let prompts = (1...60).map { "Prompt \($0)" }
        let script = SessionFixture.load + "/set max_tokens 2\n" + prompts.joined(separator: "\n")
        try TestFile.write(script + "\n", to: fixture.folder("s.tandem"))
        // Files cannot grow beyond 40 KiB; writing more is an error, as on a full disk.
        let line = "trap '' XFSZ; ulimit -f 40; exec \"$0\" run s.tandem"
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", line, try BuiltTandem.path()]
        process.currentDirectoryURL = URL(filePath: fixture.folder.path)
        process.environment = ["XDG_STATE_HOME": fixture.folder(".state"), "HOME": "/nowhere"]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let shown = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let noted = String(
            decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(noted)")
        #expect(shown.split(separator: "\n").count { $0 == "[tuned]" } == 60)
        #expect(noted.split(separator: "\n").count { $0.contains("not kept") } == 1, "\(noted)")
        // What was kept before is whole.
        let (records, warnings) = try Journal.read(path: fixture.path(fixture.ids[0]))
        #expect(warnings.count <= 1 && records.map(\.value).ofType("answer").count > 10)
    }
}
