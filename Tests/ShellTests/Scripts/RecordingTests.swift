import Basics
import Foundation
import FoundationXML
import TestSupport
import Testing

/// `/save`, `tandem run --check` and `--accept`, `/replay`.
struct RecordingTests {
    private let fixture: RecordingFixture

    init() throws { fixture = try RecordingFixture() }

    private static let script =
        RecordingFixture.open + """
            /set max_tokens 8
            /complete Once upon
            /ref Once upon a time
            /score rougeL em
            /expect all excludes impossible
            /set temperature 1
            /set seed 9
            hello there
            /again seed=10
            /run rows.jsonl em f1

            """

    /// The session's own recording is what its script gives when it runs again.
    @Test func aSavedSessionHasTheRecordingOfItsScript() throws {
        let saved = try fixture.tandem(["run", "-"], input: Self.script + "/save kept\n")
        #expect(saved.status == 0, "\(saved.errors)")
        let recording = try fixture.text(of: "kept.tandem.rec")
        let accepted = try fixture.tandem(["run", "kept.tandem", "--accept"], home: "another")
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(try fixture.text(of: "kept.tandem.rec") == recording)
        let records = try fixture.records(of: "kept.tandem.rec")
        let answer = try #require(records.first { $0["type"] == "answer" && $0["turn"] == 2 })
        #expect(answer["rendered_prompt"] == "user: hello there\nassistant:")
        let ids = try #require(answer["token_ids"]?.array)
        #expect(ids.count == answer["tokens"]?.integer)
        #expect(answer["log_probabilities"]?.array?.count == ids.count)
        #expect(answer["prompt_token_ids"]?.array?.isEmpty == false)
        #expect(answer["settings"]?["seed"] == "9" && answer["messages"]?.array?.count == 1)
        let loaded = try #require(records.last { $0["type"] == "loaded" })
        for part in ["model", "adapter", "tokenizer", "template"] {
            #expect(loaded[part + "_sha256"]?.string?.count == 64, "\(part)")
        }
        #expect(records.count { $0["type"] == "row" } == 12)
        #expect(!recording.contains(fixture.folder.path) && !recording.contains("_ms"))
    }

    @Test func someTurnsAreSavedWithWhatTheyNeed() throws {
        let saved = try fixture.tandem(
            ["run", "-"], input: Self.script + "/save last --last 1\n/save first --turns 1\n")
        #expect(saved.status == 0, "\(saved.errors)")
        let last = try fixture.text(of: "last.tandem")
        #expect(last.contains("hello there\n/again seed=10") && !last.contains("Once"))
        #expect(!(try fixture.text(of: "first.tandem")).contains("hello"))
        let check = try fixture.tandem(["run", "last.tandem", "first.tandem", "--check"])
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    @Test func anUntouchedScriptIsGreenAndSaysByWhichTier() throws {
        try fixture.write(Self.script)
        let missing = try fixture.tandem(["run", "s.tandem", "--check"])
        #expect(missing.status == 3 && missing.errors.contains("--accept"))
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 0)
        let check = try fixture.tandem(["run", "s.tandem", "--check", "--json", "--threads", "1"])
        #expect(check.status == 0, "\(check.output)")
        let findings = try fixture.events(check, "check")
        #expect(findings.allSatisfy { $0["tier"] == "same bytes" && $0["passed"] == true })
        #expect(findings.count { $0["type"] == "answer" } == 6)
        #expect(try fixture.events(check, "checked").first?["passed"] == true)
        for format in [[], ["--json"]] {
            let inShell = try fixture.tandem(
                ["run", "-"] + format, input: "/replay s.tandem\n/replay s.tandem\n")
            #expect(inShell.status == 0 && inShell.output.contains("same bytes"))
        }
    }

    /// Another adapter in the place of the recorded one: named first, then turns and values.
    @Test func aSwappedAdapterIsRed() throws {
        try fixture.write(Self.script)
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 0)
        let manager = FileManager.default
        try manager.removeItem(atPath: fixture.folder("lora"))
        try manager.moveItem(atPath: fixture.folder("other"), toPath: fixture.folder("lora"))
        let arguments = ["run", "s.tandem", "--check", "--junit", "j.xml", "--markdown", "m.md"]
        let check = try fixture.tandem(arguments)
        #expect(check.status == 1, "\(check.output)")
        let lines = check.output.split(separator: "\n")
        #expect(lines[1].hasPrefix("the adapter of tuned") && lines[1].contains("changed"))
        let turn = try #require(lines.first { $0.hasPrefix("turn 1, tuned ") })
        #expect(turn.contains("DIFFERS") && turn.contains("→") && turn.contains("nats"))
        #expect(try #require(lines.first { $0.hasPrefix("turn 1, base ") }).contains("same bytes"))
        let events = try fixture.events(try fixture.tandem(arguments + ["--json"]), "check")
        #expect(events.first?["outcome"] == "changed")

        let suite = try JUnitFile(path: fixture.folder("j.xml"))
        #expect(suite.cases.count == events.count { $0["outcome"] != "changed" })
        let failed = suite.cases.filter { $0.failure != nil }
        #expect(
            failed.count == events.count { $0["passed"] == false } && suite.failures == failed.count
        )
        #expect(failed.contains { $0.name == "answer turn 1, tuned" })
        #expect(suite.properties == ["changed: the adapter of tuned"])
        let markdown = try fixture.text(of: "m.md")
        #expect(markdown.contains("| the adapter of tuned | changed |"))
        #expect(markdown.contains("1 of 1 scripts did not give"))
        let inShell = try fixture.tandem(["run", "-"], input: "/replay s.tandem\n# goes on\n")
        #expect(inShell.status == 1 && inShell.output.contains("DIFFERS"))
    }

    @Test func changedSettingsAndTemplatesAreNamed() throws {
        try fixture.write(Self.script)
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 0)
        try fixture.write(Self.script.replacing("/set seed 9", with: "/set seed 11"))
        let seed = try fixture.tandem(["run", "s.tandem", "--check"])
        #expect(seed.status == 1 && seed.output.contains("the setting seed"), "\(seed.output)")
        #expect(seed.output.contains("9 → 11"))
        try fixture.write(Self.script)
        var file = TinyLlama().gguf()
        file["tokenizer.chat_template"] = .string("{{ messages[0].content }}")
        try TestFile.write(file.bytes(), to: fixture.folder("tiny.gguf"))
        let template = try fixture.tandem(["run", "s.tandem", "--check"])
        let named = template.output.split(separator: "\n").dropFirst().prefix {
            $0.contains(" changed")
        }
        #expect(named.contains { $0.hasPrefix("the chat template of base") }, "\(template.output)")
        #expect(!named.contains { $0.hasPrefix("the tokenizer") })
    }

    /// What fails is counted whatever was recorded; --accept writes it, and still ends with 1.
    @Test func aFailingExpectationIsRedThoughItWasRecorded() throws {
        try fixture.write(
            RecordingFixture.open + "/set max_tokens 2\n/complete x\n/expect base equals no\n")
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 1)
        let check = try fixture.tandem(["run", "s.tandem", "--check"])
        #expect(check.status == 1 && check.output.contains("FAILS"), "\(check.output)")
    }

    @Test func anErrorIsNamedWithItsPlace() throws {
        try fixture.write("/load tiny.gguf as base\n/complete x\n")
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 0)
        try fixture.write("/load tiny.gguf as base\n/complete x\n/lineup nobody\n")
        let check = try fixture.tandem(["run", "s.tandem", "--check", "--junit", "j.xml"])
        #expect(check.status == 3 && check.errors.contains("s.tandem:3:9: no variant"))
        #expect(try JUnitFile(path: fixture.folder("j.xml")).errors == 1)
        let damaged = try fixture.text(of: "s.tandem.rec").dropLast(30)
        try TestFile.write(String(damaged), to: fixture.folder("s.tandem.rec"))
        let result = try fixture.tandem(["run", "s.tandem", "--check"])
        #expect(result.status == 3 && result.errors.contains("s.tandem.rec:"))
    }

    /// A script beside its models is run from elsewhere.
    @Test func pathsBeginInTheScriptsFolder() throws {
        _ = try fixture.folder.folder("sub")
        let saved = try fixture.tandem(["run", "-"], input: Self.script + "/save sub/kept\n")
        #expect(saved.status == 0, "\(saved.errors)")
        let script = try fixture.text(of: "sub/kept.tandem")
        #expect(script.contains("/load ../tiny.gguf as base\n/adapter ../lora --on base"))
        #expect(script.contains("/run ../rows.jsonl"))
        let check = try ScriptTests.tandem(
            ["run", fixture.folder("sub/kept.tandem"), "--check"], in: "/tmp")
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    /// Another token at a place of a recorded answer: a near-tie where the model gives both the same
    /// logit, else a difference.
    @Test(arguments: [(true, "near-tie"), (false, "DIFFERS")])
    func anotherTokenIsANearTieOrADifference(_ areAllEqual: Bool, _ word: String) throws {
        let model = areAllEqual ? TinyLlama().gguf(repeatingTokensFrom: 0) : TinyLlama().gguf()
        try TestFile.write(model.bytes(), to: fixture.folder("other.gguf"))
        try fixture.write("/load other.gguf as base\n/set max_tokens 12\n/complete Once\n")
        #expect(try fixture.tandem(["run", "s.tandem", "--accept"]).status == 0)
        var records = try fixture.records(of: "s.tandem.rec")
        let index = try #require(records.firstIndex { $0["token_ids"] != nil })
        guard case .object(var answer) = records[index],
            var ids = answer["token_ids"]?.array, let first = ids.first?.integer
        else {
            Issue.record("no answer: \(records[index].text)")
            return
        }
        ids[0] = .integer(first + 7)
        answer["token_ids"] = .array(ids)
        records[index] = .object(answer)
        try TestFile.write(
            records.map { $0.text + "\n" }.joined(), to: fixture.folder("s.tandem.rec"))
        let check = try fixture.tandem(["run", "s.tandem", "--check"])
        #expect(check.status == (areAllEqual ? 0 : 1))
        #expect(check.output.contains(word), "\(check.output)")
        if areAllEqual { #expect(check.output.contains("token 1, where the margin is 0.0 nats")) }
    }
}
