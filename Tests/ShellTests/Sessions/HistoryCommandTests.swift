import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// `/history` as a user sees it.
struct HistoryCommandTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    /// A session in which somebody was told what terminals and tables must not get.
    private func writeHostileSession() throws {
        let hostile = "a\u{1B}]0;title\u{7}\u{202E}b | c,\"d\"\nnext line needle"
        try Journal(path: fixture.path("20260101-000000-aaaa")).append([
            ["type": "session"], ["type": "loaded", "variant": "base"],
            ["type": "turn", "turn": 1, "prompt": .string(hostile)],
            [
                "type": "answer", "turn": 1, "variant": "base", "prompt": "",
                "text": .string(hostile),
            ], ["type": "done"],
        ])
    }

    @Test(arguments: ["plain", "table", "md", "side", "csv", "json"])
    func whatModelsWroteSteersNoTerminal(_ format: String) throws {
        try writeHostileSession()
        for line in ["/history", "/history NEEDLE"] {
            let result = try fixture.tandem(["-c", "/output \(format)", "-c", line])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("20260101-000000-aaaa"))
            // CSV in a file has the text as it is.
            if format == "csv" { continue }
            for scalar in ["\u{1B}", "\u{7}", "\u{202E}"] {
                #expect(!result.output.contains(scalar), "\(line): \(result.output)")
            }
        }
        #expect(fixture.ids.count == 1, "looking begins no session")
    }

    @Test func sessionsAndMatchesAreEvents() throws {
        let script = SessionFixture.load + "/set max_tokens 4\nWhere is my parcel?\n/history\n"
        let result = try fixture.tandem(["run", "-", "--json"], script)
        let id = try #require(fixture.ids.last)
        let last = try JSON.parse(String(result.output.split(separator: "\n").last ?? ""))
        #expect(last["event"]?.string == "session" && last["session"]?.string == id)
        #expect(last["turns"]?.integer == 1 && last["open"]?.bool == true)
        #expect(last["variants"] == ["base", "tuned"])
        #expect(last["first_prompt"]?.string == "Where is my parcel?")
        #expect(try fixture.records(id).ofType("session").count == 1, "it is no result")

        let found = try fixture.tandem(["-c", "/history my PARCEL", "--json"])
        let match = try JSON.parse(String(found.output.split(separator: "\n").last ?? ""))
        #expect(match["event"]?.string == "match" && match["turn"]?.integer == 1)
        #expect(match["variant"] == .null && match["session"]?.string == id)
        let none = try fixture.tandem(["-c", "/history no such text"])
        #expect(none.status == 0 && none.errors.contains("no prompt and no answer holds"))
    }
}
