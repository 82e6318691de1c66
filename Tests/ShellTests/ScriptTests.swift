import Basics
import Foundation
import TestSupport
import Testing

/// The program run as a user runs it, with a tiny model or the demo pair.
struct ScriptTests {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    static func tandem(
        _ arguments: [String], input: String = "", in folder: String,
        environment: [String: String] = [:]
    ) throws -> Result {
        try RunningProgram(arguments, input: input, in: folder, environment: environment).result()
    }

    private static let script = """
        /load tiny.gguf as base
        /adapter lora --on base as tuned
        /set max_tokens 12
        /set temperature 0.8
        /set seed 5
        /complete Once upon a time
        /ref Once upon a time there was a fox.
        /score rougeL em
        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
        try TestFile.write(Self.script, to: folder("s.tandem"))
        return folder
    }

    @Test func theSameBytesOnEveryRunAndThreadCount() throws {
        let folder = try folder()
        let first = try Self.tandem(["run", "s.tandem", "--json"], in: folder.path)
        #expect(first.status == 0, "\(first.errors)")
        let events = try first.output.split(separator: "\n").map { try JSON.parse(String($0)) }
        #expect(
            events.compactMap { $0["event"]?.string } == [
                "loaded", "loaded", "answer", "answer", "score", "score", "score", "score",
            ])
        for event in events where event["event"]?.string == "answer" {
            #expect(event["first_token_ms"] == .null)
            #expect(event["text"]?.string != nil && event["finish"]?.string != nil)
        }
        for threads in ["1", "2"] {
            let again = try Self.tandem(
                ["run", "s.tandem", "--json", "--threads", threads], in: folder.path)
            #expect(again.output == first.output)
        }
        let piped = try Self.tandem(["run", "-", "--json"], input: Self.script, in: folder.path)
        #expect(piped.output == first.output)
    }

    @Test func aSavedSessionGivesTheSameAnswers() throws {
        let folder = try folder()
        let first = try Self.tandem(
            ["run", "-"], input: Self.script + "\n/save kept\n", in: folder.path)
        #expect(first.status == 0, "\(first.errors)")
        let saved = String(decoding: try TestFile.bytes(of: folder("kept.tandem")), as: UTF8.self)
        #expect(saved.contains("/set seed") && saved.contains("/complete Once upon a time"))
        let again = try Self.tandem(["run", "kept.tandem"], in: folder.path)
        #expect(again.output == first.output)
    }

    @Test(arguments: [
        ("/load missing.gguf\n", 3, "missing.gguf"), ("/lod x\n", 3, "did you mean /load"),
        ("hello\n", 3, "no model is loaded"), ("/load tiny.gguf as a\nhello\n", 3, "chat template"),
        ("/load tiny.gguf\n/score\n", 3, "no turn"), ("\"\"\"\nopen\n", 3, "not closed"),
        ("/load tiny.gguf as a\n/adapter tiny.gguf --on a\n", 3, "tiny.gguf"),
        ("/set temperature hot\n", 3, "temperature"), ("!false\n", 3, "status 1"),
        ("/source missing.tandem\n", 3, "missing.tandem"),
        ("/load tiny.gguf as a\u{1B}[31mb\n", 3, "cannot be called"), ("# nothing\n", 0, ""),
    ])
    func mistakesAreNamed(_ script: String, _ status: Int, _ word: String) throws {
        let folder = try folder()
        let result = try Self.tandem(["run", "-"], input: script, in: folder.path)
        #expect(Int(result.status) == status, "\(result.errors)")
        let all = result.errors + result.output
        #expect(word.isEmpty || all.contains(word), "\(all)")
    }

    @Test(arguments: [["--nonsense"], ["run"], ["--threads", "0", "-c", "/help"]])
    func wrongUsageEndsWithTwo(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        #expect(try Self.tandem(arguments, in: folder.path).status == 2)
    }

    @Test func everyCommandHasHelpWithAnExample() throws {
        let folder = try TemporaryFolder()
        let overview = try Self.tandem(["-c", "/help"], in: folder.path)
        for name in ["load", "adapter", "score", "save", "output", "again"] {
            #expect(overview.output.contains("/" + name))
            let help = try Self.tandem(["-c", "/help \(name)"], in: folder.path)
            #expect(help.output.contains("example: /\(name)"))
        }
    }

    @Test(arguments: ["csv", "md", "table", "plain", "json"])
    func everyFormatShowsTheScores(_ format: String) throws {
        let folder = try folder()
        let result = try Self.tandem(
            ["run", "-"], input: "/output \(format)\n" + Self.script, in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("rougeL") && result.output.contains("tuned"))
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test func aMissingReferenceIsUnscoredWithTheReason() throws {
        let folder = try folder()
        let result = try Self.tandem(
            ["run", "-", "--json"],
            input: "/load tiny.gguf as a\n/set max_tokens 3\n/complete x\n/score em\n",
            in: folder.path)
        let last = try JSON.parse(String(result.output.split(separator: "\n").last ?? ""))
        #expect(last["unscored"]?.string == "there is no reference" && last["value"] == nil)
    }

    /// Held-out tickets through the pair: the means are those of the rows, and base is worse.
    @Test(.enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"))
    func everyRowOfAFileIsAnswered() throws {
        let folder = try TemporaryFolder()
        let all = String(decoding: try TestFile.bytes(of: Demo.testSetPath), as: UTF8.self)
        let rows = all.split(separator: "\n").prefix(10) + ["{\"prompt\": \"Hello\"}"]
        try TestFile.write(rows.joined(separator: "\n"), to: folder("rows.jsonl"))
        let script = """
            /load demo as base
            /adapter \(Demo.adapterPath) --on base as tuned
            /set max_tokens 12
            /run rows.jsonl em
            """
        let result = try Self.tandem(["run", "-", "--json"], input: script, in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        let last = try JSON.parse(String(result.output.split(separator: "\n").last ?? ""))
        #expect(last["event"]?.string == "summary" && last["n"]?.integer == 11)
        #expect(last["numerics"]?.string == "exact")
        let tuned = try #require(last["variants"]?["tuned"]?["mean"]?.double)
        #expect(tuned >= 0.7 && last["variants"]?["base"]?["mean"]?.double == 0)
        #expect(last["variants"]?["tuned"]?["unscored"]?.integer == 1)
        // The row without a reference is in no pair.
        #expect(last["delta"]?.double == tuned && last["pairs"]?.integer == 10)
        #expect(last["verdict"]?.string == "better")
    }

    @Test func aBadRowIsNamed() throws {
        let folder = try folder()
        try TestFile.write("{\"prompt\": \"a\"}\n{\"text\": 1}\n", to: folder("rows.jsonl"))
        let result = try Self.tandem(
            ["run", "-"], input: "/load tiny.gguf\n/run rows.jsonl\n", in: folder.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("rows.jsonl:2: the row has no prompt"))
    }

    @Test func theDoctorFindsTheSameBitsInEveryWay() throws {
        let folder = try folder()
        let result = try Self.tandem(
            ["doctor", "tiny.gguf", "--adapter", "lora", "--json"], in: folder.path,
            environment: ["XDG_CACHE_HOME": folder("cache")])
        #expect(result.status == 0, "\(result.errors)")
        let report = try JSON.parse(result.output)
        let findings = try #require(report["findings"]?.array)
        for (numerics, ways) in [("exact", 17), ("fast", 9)] {
            let own = findings.filter { $0["numerics"]?.string == numerics }
            #expect(own.count >= ways)
            #expect(Set(own.compactMap { $0["sha256"]?.string }).count == 1, "\(numerics)")
        }
        #expect(report["passed"] == true && report["blas"] == .null)
        let drifts = try #require(report["fast_beside_exact"]?.array)
        #expect(drifts.map { $0["variant"]?.string } == ["base", "adapter"])
        for drift in drifts {
            let texts = try #require(drift["texts"]?.integer)
            let parting = try #require(drift["common_tokens"]?.array)
            #expect(drift["same_texts"] == .integer(texts - parting.count))
            #expect(try #require(drift["positions"]?.integer) >= texts)
        }
        #expect(try Self.tandem(["doctor", "missing.gguf"], in: folder.path).status == 3)
    }

    @Test func theDoctorFindsDamagedWeights() throws {
        let folder = try folder()
        for name in ["cache", "cache/tandem", "cache/tandem/packed"] { _ = try folder.folder(name) }
        let kept = folder("cache/tandem/packed/a.packed")
        try TestFile.write("tandem packed weights 2\nof another time", to: kept)
        let result = try Self.tandem(
            ["doctor", "tiny.gguf"], in: folder.path,
            environment: ["XDG_CACHE_HOME": folder("cache")])
        #expect(result.status == 1 && result.output.contains("a.packed, 0.0 KiB: DAMAGED"))
        #expect(!FileManager.default.fileExists(atPath: kept))
    }

    /// With chat on the second prompt sees the first; with chat off, or after /clear, it does not.
    @Test(
        .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"),
        arguments: [
            ("/chat on", "", true), ("/chat off", "", false), ("/chat on", "/clear", false),
        ])
    func aConversationIsKept(_ chat: String, _ between: String, _ isKept: Bool) throws {
        let folder = try TemporaryFolder()
        let script = """
            /load demo
            \(chat)
            /set max_tokens 24
            My name is Ada and I live in Ghent.
            \(between)
            Where do I live?
            """
        let result = try Self.tandem(["run", "-", "--json"], input: script, in: folder.path)
        let last = try JSON.parse(String(result.output.split(separator: "\n").last ?? ""))
        #expect(last["text"]?.string?.contains("Ghent") == isKept)
    }
}
