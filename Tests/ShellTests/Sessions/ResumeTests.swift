import Basics
import Foundation
import PseudoTerminal
import Sessions
import TestSupport
import Testing

/// `tandem resume` takes up a session where it was left, and generates nothing twice.
struct ResumeTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    private static let script =
        SessionFixture.load + """
            /set max_tokens 6
            /system Be brief.
            /chat on
            Hello
            /ref Good day
            /ref --also Hi
            /lineup tuned base
            How are you?
            /again max_tokens=3 seed=4
            /rate 2 tuned

            """

    /// Everything there is to see of a session's state.
    private static let looks = [
        "/show", "/score all em f1", "/diff 2", "/tokens 2", "/set max_tokens 6", "And now?",
    ]

    private func looks(after arguments: [String], _ script: String) throws -> ScriptTests.Result {
        try fixture.tandem(
            arguments + ["--json"],
            script + Self.looks.joined(separator: "\n") + "\n/save kept\n")
    }

    @Test func aResumedSessionIsTheSame() throws {
        let whole = try looks(after: ["run", "-"], Self.script)
        #expect(whole.status == 0, "\(whole.errors)")
        let saved = try TestFile.bytes(of: fixture.folder("kept.tandem"))
        try FileManager.default.removeItem(atPath: fixture.folder(".state"))

        let first = try fixture.tandem(["run", "-", "--json"], Self.script)
        let id = try #require(fixture.ids.last)
        let resumed = try looks(after: ["resume"], "")
        #expect(resumed.status == 0 && fixture.ids == [id], "\(resumed.errors)")
        #expect(first.output + resumed.output == whole.output)
        #expect(resumed.errors.contains("resumed \(id): 3 turns, tuned and base"))
        #expect(try TestFile.bytes(of: fixture.folder("kept.tandem")) == saved)
        let answers = try fixture.records(id).ofType("answer").map {
            "\($0["turn"]?.integer ?? 0) \($0["variant"]?.string ?? "")"
        }
        #expect(answers.count == 8 && Set(answers).count == 8)
    }

    /// The journal as a crash leaves it, whichever record was the last.
    @Test func whereverItWasCutOffItEndsTheSame() throws {
        try TestFile.write(
            "{\"prompt\": \"a\", \"reference\": \"b\"}\n{\"prompt\": \"c\"}\n",
            to: fixture.folder("rows.jsonl"))
        try TestFile.write("/set seed 3\nAn inner prompt\n", to: fixture.folder("inner.tandem"))
        let script = Self.script + "/source inner.tandem\n/run rows.jsonl em --fresh\n/save kept\n"
        try TestFile.write(script, to: fixture.folder("s.tandem"))
        let whole = try fixture.tandem(["run", "s.tandem", "--json"])
        #expect(whole.status == 0, "\(whole.errors)")
        let saved = try TestFile.bytes(of: fixture.folder("kept.tandem"))
        let id = try #require(fixture.ids.last)
        let lines = try TestFile.bytes(of: fixture.path(id)).split(separator: 0x0A)
        for count in 2..<lines.count {
            try TestFile.write(
                Array(lines[..<count].joined(separator: [0x0A])) + [0x0A, 0x7B, 0x22],
                to: fixture.path(id))
            try FileManager.default.removeItem(atPath: fixture.folder("kept.tandem"))
            let resumed = try fixture.tandem(["resume", id, "--json"], "/show\n")
            #expect(resumed.status == 0, "\(count): \(resumed.errors)")
            #expect(resumed.errors.contains("the last line was torn"))
            let records = try fixture.records(id)
            #expect(
                Set(records.ofType("answer").map(Self.key)).count
                    == records.ofType("answer").count, "\(count)")
            #expect(
                records.ofType("answer").map(Self.key).sorted()
                    == (1...4).flatMap { ["\($0) base", "\($0) tuned"] }, "\(count)")
            if count < lines.count - 6 {
                #expect(try TestFile.bytes(of: fixture.folder("kept.tandem")) == saved, "\(count)")
            } else {
                try TestFile.write(saved, to: fixture.folder("kept.tandem"))
            }
            // The turns are those of the whole run.
            let shown = resumed.output.split(separator: "\n").suffix(8)
            let answers = whole.output.split(separator: "\n").filter { $0.contains("\"answer\"") }
            #expect(Array(shown) == answers, "\(count)")
        }
    }

    private static func key(_ answer: JSON) -> String {
        "\(answer["turn"]?.integer ?? 0) \(answer["variant"]?.string ?? "")"
    }

    @Test func whatIsNoLongerThereIsSaid() throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        let id = try #require(fixture.ids.last)
        let shown = try fixture.tandem(["resume", id, "--json"], "/show\n")
        // Another adapter in its place; then none.
        try TinyAdapter(for: TinyLlama(contextLength: 1024), alpha: 9).write(
            to: fixture.folder("lora"))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 9)],
            ofItemAtPath: fixture.folder("lora/adapter_model.safetensors"))
        let changed = try fixture.tandem(["resume", id], "/quit\n")
        #expect(changed.status == 0 && changed.errors.contains("the files of tuned have changed"))
        #expect(!changed.errors.contains("files of base"))
        try FileManager.default.removeItem(atPath: fixture.folder("lora"))
        let gone = try fixture.tandem(["resume", id, "--json"], "/show\n")
        #expect(gone.status == 0 && gone.errors.contains("/adapter lora --on base as tuned"))
        let texts = [shown, gone].map { result in
            result.output.split(separator: "\n").compactMap {
                (try? JSON.parse(String($0)))?["text"]?.string
            }
        }
        #expect(texts[0] == texts[1] && texts[0].count == 6, "its answers are still there")
    }

    /// Whatever line is damaged, it is said, and all answers on other lines are there.
    @Test func aDamagedLineCostsOnlyItself() throws {
        let whole = try fixture.tandem(["run", "-", "--json"], Self.script)
        let id = try #require(fixture.ids.last)
        let bytes = try TestFile.bytes(of: fixture.path(id))
        let lines = bytes.split(separator: 0x0A).map(Array.init)
        let answers = whole.output.split(separator: "\n").filter { $0.contains("\"answer\"") }
        for index in lines.indices {
            var damaged = lines
            damaged[index][20] ^= 1
            try TestFile.write(
                Array(damaged.joined(separator: [0x0A])) + [0x0A], to: fixture.path(id))
            let resumed = try fixture.tandem(["resume", id, "--json"], "/show\n")
            #expect(resumed.errors.contains("line \(index + 1) is damaged"), "\(index)")
            let line = String(decoding: lines[index], as: UTF8.self)
            let isTurn = line.contains("\"type\":\"turn\"")
            let isAnswer = line.contains("\"type\":\"answer\"")
            let shown = Set(resumed.output.split(separator: "\n").map(Self.text))
            let missing = Set(answers.map(Self.text)).subtracting(shown)
            #expect(missing.count <= (isTurn ? 2 : isAnswer ? 1 : 0), "\(line): \(missing)")
        }
    }

    /// Whose answer it is and what it says.
    private static func text(_ line: Substring) -> String {
        let json = (try? JSON.parse(String(line))) ?? .null
        return "\(json["turn"]?.integer ?? 0) \(json["variant"]?.string ?? "") "
            + (json["text"]?.string ?? "")
    }

    @Test func anIdIsFoundByItsBeginningOrNot() throws {
        #expect(try fixture.tandem(["resume"]).errors.contains("no session to resume"))
        _ = try fixture.tandem(["run", "-"], "/set seed 1\n")
        _ = try fixture.tandem(["run", "-"], "/set seed 2\n")
        let first = fixture.ids[0]
        let found = try fixture.tandem(["resume", first], "/set\n")
        #expect(found.status == 0 && found.output.contains("seed"))
        let several = try fixture.tandem(["resume", "2"])
        #expect(several.status == 2 && several.errors.contains("2 sessions"))
        let none = try fixture.tandem(["resume", "9"])
        #expect(none.status == 3 && none.errors.contains("/history lists them"))
    }

    @Test func twoShellsHaveTwoSessionsAndOneIsNotTakenFromTheOther() throws {
        func shell() throws -> TerminalSession {
            let session = try TerminalSession(
                try BuiltTandem.path(), ["--no-config"],
                environment: [
                    "HOME": fixture.folder.path, "XDG_STATE_HOME": fixture.folder(".state"),
                    "PATH": "/usr/bin",
                ], columns: 100, rows: 30, folder: fixture.folder.path)
            try session.waitForCursorLine("tandem>")
            try session.type("/load tiny.gguf as base\r")
            try session.waitForCursorLine("base>")
            return session
        }
        let (one, other) = (try shell(), try shell())
        #expect(fixture.ids.count == 2)
        let taken = try fixture.tandem(["resume", fixture.ids[0]])
        #expect(taken.status == 3 && taken.errors.contains("another Tandem has this file open"))
        #expect(try fixture.tandem(["resume"]).errors.contains("open in other shells"))
        for session in [one, other] {
            try session.type("Hello\r")
            try session.waitForText(" tokens")
            try session.waitForCursorLine("base>")
            try session.press(.control("D"))
            #expect(try session.waitForExit() == 0)
        }
        for id in fixture.ids { #expect(try fixture.records(id).ofType("answer").count == 1) }
        // A script that came to its end is nothing to go on with.
        _ = try fixture.tandem(["run", "-"], "/set seed 2\n")
        #expect(fixture.ids.count == 3)
        let resumed = try fixture.tandem(["resume"], "/show\n")
        #expect(resumed.errors.contains("1 turn, base"), "\(resumed.errors)")
    }
}
