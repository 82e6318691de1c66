import Basics
import PseudoTerminal
import TestSupport
import Testing

/// The program with models that do not fit together.
struct MemoryTests {
    private let folder: TestSupport.TemporaryFolder
    /// Fits one of two models.
    private let budget: String

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        for (index, name) in ["a", "b"].enumerated() {
            try TinyLlama(seed: UInt64(index + 1)).writeGGUF(to: folder(name + ".gguf"))
        }
        try TinyAdapter(for: TinyLlama(seed: 1)).write(to: folder.folder("lora"))
        let size = try TestFile.bytes(of: folder("a.gguf")).count
        budget = ByteSize.exact(size * 3 / 2)
        try TestFile.write(Self.load, to: folder("load.tandem"))
    }

    private static let load = """
        /load a.gguf as a
        /adapter lora --on a as tuned
        /load b.gguf as b
        /set max_tokens 8
        """
    private static let ask = """
        /complete Once upon a time
        /complete Twice

        """

    private func run(_ script: String, _ arguments: [String] = ["--json"]) throws
        -> ScriptTests.Result
    {
        try ScriptTests.tandem(["run", "-"] + arguments, input: script, in: folder.path)
    }

    private func events(_ output: String, _ name: String) throws -> [JSON] {
        try output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    @Test func aBudgetChangesNoByteOfTheOutputAndEverySwapIsTold() throws {
        let free = try run(Self.load + "\n" + Self.ask)
        #expect(free.status == 0 && free.errors.isEmpty, "\(free.errors)")
        let tight = try run("/budget \(budget)\n" + Self.load + "\n" + Self.ask)
        #expect(tight.output == free.output)
        let size = #"\(\d+\.\d KiB\)"#
        let lines = tight.errors.split(separator: "\n").map(String.init)
        let expected = [
            "out: a, tuned \(size), in: b \(size), \\d+\\.\\d\\d s",
            "out: b \(size), in: a, tuned \(size), \\d+\\.\\d\\d s",
            "out: a, tuned \(size), in: b \(size), \\d+\\.\\d\\d s",
        ]
        #expect(lines.count == expected.count, "\(lines)")
        for (line, pattern) in zip(lines, expected) {
            #expect(try Regex(pattern).wholeMatch(in: line) != nil, "\(line)")
        }
    }

    @Test func aSavedSessionHoldsNoBudget() throws {
        let result = try run(
            "/budget \(budget)\n\(Self.load)\n/pin b\n/budget auto\n/set\n/save kept\n")
        #expect(result.status == 0, "\(result.errors)")
        let saved = String(decoding: try TestFile.bytes(of: folder("kept.tandem")), as: UTF8.self)
        #expect(saved.contains("/load b.gguf as b"))
        #expect(!saved.contains("/budget") && !saved.contains("/pin"))
        #expect(!saved.contains("/set\n"), "a look at the settings is no part of it")
    }

    @Test func modelsAreListedAsEvents() throws {
        let result = try run(
            "/budget \(budget)\n\(Self.load)\n/pin b\n/lineup b\n/set cache f16\n/models\n")
        #expect(result.status == 0, "\(result.errors)")
        let models = try events(result.output, "model")
        #expect(models.compactMap { $0["variant"]?.string } == ["a", "tuned", "b"])
        #expect(models.compactMap { $0["state"]?.string } == ["out", "out", "pinned"])
        #expect(models.compactMap { $0["in_lineup"] } == [false, false, true])
        #expect(models.allSatisfy { $0["numerics"]?.string == "exact, f16 cache" })
        #expect(models[0]["own_bytes"]?.integer == 0 && models[2]["own_bytes"]?.integer ?? 0 > 0)
        #expect(models[1]["adapter"]?.string == "lora" && models[0]["adapter"] == .null)
        #expect(models.allSatisfy { $0["seconds_since_use"] == .null })
    }

    @Test func modelsAreATableOfEightyColumns() throws {
        let result = try run(
            "\(Self.load)\n/lineup a tuned\n/complete Once\n/pin b\n/timing on\n/models\n",
            ["--threads", "1"])
        let table = result.output.split(separator: "\n").drop { !$0.hasPrefix("  name") }
        let lines = table.map(String.init)
        try #require(lines.count == 8, "\(result.output + result.errors)")
        #expect(lines[1].hasPrefix("* a ") && lines[1].hasSuffix(" s ago"))
        let size = #"\d+\.\d KiB"#
        let tuned = try Regex("\\* tuned  F32 .* \(size)  \(size) a .*")
        #expect(try tuned.wholeMatch(in: lines[2]) != nil, "\(lines[2])")
        #expect(lines[3].hasPrefix("  b ") && lines[3].contains("pinned  never"))
        #expect(lines[5] == "tuned  lora on a")
        #expect(lines[7].hasPrefix("numerics exact; "))
        for line in lines.prefix(7) { #expect(DisplayWidth.columns(of: line) <= 80, "\(line)") }
        for format in ["csv", "md", "table"] {
            let rows = try run("\(Self.load)\n/output \(format)\n/models\n", [])
            #expect(rows.output.contains("shared_bytes") && rows.output.contains("tuned"))
        }
    }

    @Test func theTableSaysWhatWasRoundedBesideTheFile() throws {
        let result = try run("/load a.gguf as small --quant Q8_0\n/timing on\n/models\n", [])
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("* small  Q8_0  ") }, "\(result.output)")
        #expect(lines.contains("small  a.gguf, Q8_0 (from F32)"), "\(result.output)")
    }

    /// In batches each model comes in once, not once for every pass.
    @Test func rowsOfAFileTakeOneSwapAModel() throws {
        let rows = (0..<40).map { "{\"prompt\": \"\($0)\", \"reference\": \"x\"}" }
        try TestFile.write(rows.joined(separator: "\n"), to: folder("rows.jsonl"))
        let template = "{% for m in messages %}{{ m.content }}{% endfor %}"
        for (index, name) in ["c", "d"].enumerated() {
            var file = TinyLlama(seed: UInt64(index + 1)).gguf()
            file["tokenizer.chat_template"] = .string(template)
            try TestFile.write(file.bytes(), to: folder(name + ".gguf"))
        }
        let script = "/load c.gguf as c\n/load d.gguf as d\n/set max_tokens 3\n/run rows.jsonl f1\n"
        let free = try run(script)
        #expect(free.status == 0, "\(free.errors)")
        let tight = try run("/budget \(budget)\n" + script)
        #expect(tight.output == free.output)
        #expect(try events(tight.output, "summary").first?["n"]?.integer == 40)
        #expect(tight.errors.split(separator: "\n").count == 2, "\(tight.errors)")
    }

    @Test(arguments: [
        ("/budget 1K\n/load a.gguf as a\n", "raise the budget with /budget"),
        ("/load a.gguf as a\n/pin a\n/budget 1K\n", "/pin NAME off"), ("/pin x\n", "no variant"),
        ("/budget lots\n", "/budget 4G"),
    ])
    func refusalsNameTheRemedy(_ script: String, _ remedy: String) throws {
        let result = try run(script)
        #expect(result.status == 3 && result.errors.contains(remedy), "\(result.errors)")
    }

    private func shell() throws -> TerminalSession {
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--source", folder("load.tandem"), "--no-config"],
            environment: ["HOME": folder.path, "PATH": "/usr/bin"], columns: 80, rows: 40,
            folder: folder.path)
        try session.waitForCursorLine("a|tuned|b>")
        return session
    }

    @Test func tabCompletesNamesValuesAndOptions() throws {
        let session = try shell()
        try session.type("/pin tu\to\t")
        try session.waitForText("/pin tuned off")
        try session.press(.control("C"))
        try session.waitForCursorLine("a|tuned|b>")
        try session.type("/budget a\t")
        try session.waitForText("/budget auto")
        try session.press(.control("C"))
        try session.waitForCursorLine("a|tuned|b>")
        try session.type("/set num\tf\t")
        try session.waitForText("/set numerics fast")
        try session.press(.control("C"))
        try session.waitForCursorLine("a|tuned|b>")
        try session.type("/again ca\tf1\t")
        try session.waitForText("/again cache=f16")
        try session.press(.control("C"))
        try session.waitForCursorLine("a|tuned|b>")
        try session.type("/load a.gguf --q\t")
        try session.waitForText("--quant")
        try session.type("q8\t")
        try session.waitForText("/load a.gguf --quant q8_0")
    }

    /// What has to come in before anybody answers is told before the names above the columns.
    @Test func theFirstSwapStandsAboveTheColumns() throws {
        let session = try shell()
        try session.type("/budget \(budget)\r/lineup a tuned\r/complete Once\r")
        try session.waitForText("8 tokens", seconds: 20)
        try session.waitForCursorLine("a|tuned>")
        let lines = session.screen.text.split(separator: "\n").map(String.init)
        let swap = try #require(lines.lastIndex { $0.hasPrefix("out: b ") }, "\(lines)")
        let header = try #require(lines.lastIndex { $0.hasPrefix("a ") && $0.contains("│ tuned") })
        #expect(swap == header - 1, "\(lines)")
    }

    /// The message stands on a line of its own, and the columns go on under it.
    @Test func aSwapBetweenColumnsLeavesThemWhole() throws {
        let session = try shell()
        try session.type("/budget \(budget)\r/complete Once\r")
        try session.waitForText("8 tokens", seconds: 20)
        try session.waitForCursorLine("a|tuned|b>")
        let lines = session.screen.text.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("out: ") && $0.hasSuffix(" s") }, "\(lines)")
        let header = try #require(lines.lastIndex { $0.contains("tuned") && $0.contains("│") })
        #expect(lines[header...].allSatisfy { !$0.contains("out: ") || !$0.contains("│") })
        #expect(lines[header...].contains { $0.contains("8 tokens") && $0.contains("│") })
    }
}
