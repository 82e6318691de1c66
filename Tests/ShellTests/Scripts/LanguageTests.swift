import Basics
import Foundation
import TestSupport
import Testing

/// Variables, places of errors, `/expect` and `tandem fmt`, as a user meets them.
struct LanguageTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
        try TinyAdapter(for: model).write(to: folder.folder("another lora"))
    }

    private func run(_ script: String, _ arguments: [String] = ["--json"]) throws
        -> ScriptTests.Result
    {
        try TestFile.write(script, to: folder("s.tandem"))
        return try ScriptTests.tandem(["run", "s.tandem"] + arguments, in: folder.path)
    }

    private func events(_ result: ScriptTests.Result, _ name: String) throws -> [JSON] {
        try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    private static let script = """
        /load tiny.gguf as base
        /set $adapter lora
        /adapter $adapter --on base as tuned
        /set max_tokens $1
        /complete $2 $$5

        """

    @Test func oneScriptServesManyAdapters() throws {
        let first = try run(Self.script, ["--json", "--", "4", "It costs"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(try events(first, "loaded").last?["adapter"]?.string?.hasSuffix("lora") == true)
        let answer = try #require(try events(first, "answer").first)
        #expect(answer["prompt"] == "It costs $5" && answer["tokens"] == 4)
        let other = try run(
            Self.script, ["--adapter", "another lora", "--json", "--", "4", "It costs"])
        #expect(other.status == 0, "\(other.errors)")
        let adapter = try events(other, "loaded").last?["adapter"]?.string
        #expect(adapter?.hasSuffix("another lora") == true)
    }

    @Test func aSourcedScriptHasItsOwnArguments() throws {
        try TestFile.write(
            "/set $inner of $1\n/complete $word $inner\n", to: folder("inner.tandem"))
        let script = """
            /load tiny.gguf
            /set max_tokens 1
            /set $word none
            /source inner.tandem "the inner"
            /complete $1 again

            """
        let result = try run(script, ["--json", "--word=some", "--", "outer"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try events(result, "answer").map { $0["prompt"]?.string } == [
                "some of the inner", "outer again",
            ])
        let leaking = try run("/source inner.tandem x --word y\n/complete $inner\n", [])
        #expect(
            leaking.status == 3 && leaking.errors.contains("s.tandem:2:11: there is no variable"))
    }

    /// A value that nothing uses is a mistyped option.
    @Test(arguments: [
        (["--adaptr", "x"], "the script has no $adaptr"), (["--jsn"], "--jsn is no option"),
        (["-x"], "there is no option -x"),
    ])
    func mistypedOptionsAreRefused(_ arguments: [String], _ message: String) throws {
        let result = try run(Self.script, arguments + ["--", "1", "x"])
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }

    @Test(arguments: [
        ("/load tiny.gguf as a\n  /lineup a b c\n", "s.tandem:2:13: no variant is called b", 12),
        ("/set temperature hot\n", "s.tandem:1:18: temperature cannot be hot", 17),
        ("/load tiny.gguf x\n", "s.tandem:1:17: /load: x is one word too many", 16),
        ("日本\n", "s.tandem:1:1: no model is loaded", nil),
    ])
    func errorsPointAtTheWord(_ script: String, _ message: String, _ caret: Int?) throws {
        let result = try run(script)
        #expect(result.status == 3 && result.errors.contains(message), "\(result.errors)")
        let event = try #require(try events(result, "error").first)
        #expect(event["column"]?.integer == (caret.map { $0 + 1 } ?? 1))
        let carets = result.errors.split(separator: "\n").first { $0.contains("^") }
        #expect(caret == nil ? carets == nil : carets != nil)
    }

    @Test func expectationsAreReportedAndTheScriptGoesOn() throws {
        let script = """
            /load tiny.gguf as base
            /adapter lora --on base as tuned
            /set max_tokens 3
            /complete Once
            /ref Once upon
            /expect all ends
            /expect base excludes impossible
            /expect base contains "no such text" "nor this"
            /expect base.rougeL >= base.rougeL - 0.02
            /expect base.rougeL > base.rougeL
            /expect base.judge >= 1
            /rate 1 tuned
            /expect tuned.preferred > base.preferred
            /expect base.em not worse than tuned
            /expect base.em better than tuned
            /complete Last
            """
        let result = try run(script)
        #expect(result.status == 1, "\(result.errors)")
        let found = try events(result, "expect")
        #expect(
            found.map { $0["passed"]?.bool } == [
                false, true, false, true, false, false, true, true, false,
            ])
        #expect(found.map { $0["line"]?.integer } == [6, 7, 8, 9, 10, 11, 13, 14, 15])
        #expect(found[2]["values"]?["base"]?.string != nil)
        #expect(found[3]["values"]?["base.rougeL"]?.double != nil)
        #expect(found[5]["detail"]?.string?.contains("unscored") == true)
        #expect(found[8]["detail"]?.string?.contains("inconclusive") == true)
        #expect(found[8]["values"]?["p"]?.double == 1)
        #expect(try events(result, "answer").count == 4)
        for format in ["plain", "table", "csv", "md"] {
            let shown = try run("/output \(format)\n" + script, [])
            #expect(shown.status == 1 && shown.output.contains("FAIL"), "\(format)")
            #expect(!shown.output.contains("null"), "\(format): \(shown.output)")
            let lines = shown.output.split(separator: "\n")
            #expect(lines.allSatisfy { !$0.hasSuffix(" ") }, "\(format): \(shown.output)")
        }
        let plain = try run(script, []).output.split(
            separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(plain.firstIndex { $0.hasPrefix("FAIL  /expect all ends") })
        #expect(plain[first + 1].hasPrefix("pass  /expect base excludes"), "no line between them")
    }

    /// Rows of a run: a difference that is there in all of them is significant.
    @Test func aRunCanBeExpectedToBeBetter() throws {
        let rows = (1...40).map { "{\"prompt\": \"\($0)\", \"reference\": \"x\"}\n" }
        try TestFile.write(rows.joined(), to: folder("rows.jsonl"))
        var file = TinyLlama().gguf()
        file["tokenizer.chat_template"] = .string("{{ messages[0].content }}")
        try TestFile.write(file.bytes(), to: folder("tiny.gguf"))
        let script = """
            /load tiny.gguf as base
            /adapter lora --on base as tuned
            /set max_tokens 2
            /run rows.jsonl em length_ratio
            /expect base.em == 0
            /expect tuned.em better than base
            /expect tuned.em not worse than base
            /expect tuned.judge >= 7
            /expect nobody.em > 1
            """
        let result = try run(script)
        #expect(result.status == 3, "\(result.errors)")
        #expect(
            try events(result, "expect").map { $0["passed"]?.bool } == [true, false, true, false])
        #expect(result.output.contains("the run has no scores by judge"))
        #expect(result.errors.contains("s.tandem:9:9: nobody gave no answer"), "\(result.errors)")
    }

    @Test func scriptsArePutInCanonicalForm() throws {
        try TestFile.write("/lo  tiny.gguf\n\n\n# note\n", to: folder("f.tandem"))
        let check = try ScriptTests.tandem(["fmt", "--check", "f.tandem"], in: folder.path)
        #expect(check.status == 1 && check.output == "f.tandem\n")
        #expect(try ScriptTests.tandem(["fmt", "f.tandem"], in: folder.path).status == 0)
        #expect(
            String(decoding: try TestFile.bytes(of: folder("f.tandem")), as: UTF8.self)
                == "/load tiny.gguf\n\n# note\n")
        let again = try ScriptTests.tandem(["fmt", "--check", "f.tandem"], in: folder.path)
        #expect(again.status == 0 && again.output.isEmpty)
    }
}
