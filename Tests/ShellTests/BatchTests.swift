import Basics
import Foundation
import PseudoTerminal
import Sessions
import TestSupport
import Testing

/// `/run`: rows through two tiny variants.
struct BatchTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        let model = TinyLlama()
        var file = model.gguf()
        file["tokenizer.chat_template"] = .string(
            "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}")
        try TestFile.write(file.bytes(), to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
    }

    private static let load = "/load tiny.gguf as base\n/adapter lora --on base as tuned\n"

    private func writeRows(_ count: Int, to name: String = "rows.jsonl") throws {
        let rows = (1...count).map { number in
            """
            {"id": "r\(number)", "prompt": "Item \(number)", "reference": ["a", "b"], \
            "group": "g\(number % 8)"}

            """
        }
        try TestFile.write(rows.joined(), to: folder(name))
    }

    private func run(_ script: String, _ arguments: [String] = ["--json"]) throws
        -> ScriptTests.Result
    {
        try ScriptTests.tandem(
            ["run", "-"] + arguments, input: Self.load + script, in: folder.path)
    }

    private func summaries(_ result: ScriptTests.Result) throws -> [JSON] {
        try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == "summary" }
    }

    private func journals() throws -> [String] {
        let path = folder(".state/tandem/runs")
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            .map { path + "/" + $0 }
    }

    private func answers(_ path: String) throws -> [JSON] {
        try Journal.read(path: path).records.map(\.value).filter { $0["type"]?.string == "answer" }
    }

    /// Kills a run when some of its answers are kept, then runs it again.
    @Test func aKilledRunGoesOnWithoutRepeatingWhatIsFinished() throws {
        try writeRows(150)
        let script = "/set max_tokens 60\n/set temperature 1\n/run rows.jsonl em f1\n"
        let whole = try run(script)
        #expect(whole.status == 0, "\(whole.errors)")
        try FileManager.default.removeItem(atPath: folder(".state"))

        let program = try RunningProgram(
            ["run", "-", "--json"], input: Self.load + script, in: folder.path)
        while program.isRunning {
            if let path = try? journals().first, try answers(path).count >= 20 { break }
            usleep(2000)
        }
        program.kill()
        #expect(try program.result().status == 128 + SIGKILL)
        let kept = try answers(try #require(try journals().first))
        #expect(kept.count >= 20 && kept.count < 300, "\(kept.count) of 300 answers")

        let resumed = try run(script)
        #expect(resumed.status == 0 && resumed.output == whole.output)
        #expect(resumed.errors.contains("goes on with an unfinished run: \(kept.count) of 300"))
        let paths = try journals()
        #expect(paths.count == 1)
        let all = try answers(paths[0])
        #expect(Array(all[..<kept.count]) == kept && all.count == 300)
        let items = all.map { "\($0["row"]?.integer ?? 0) \($0["variant"]?.string ?? "")" }
        #expect(Set(items).count == 300)
    }

    @Test func onATerminalItShowsHowFarItIsAndStopsAtControlC() throws {
        try writeRows(300)
        try TestFile.write(Self.load + "/set max_tokens 60\n", to: folder("open.tandem"))
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--source", folder("open.tandem"), "--no-config"],
            environment: [
                "HOME": folder.path, "XDG_STATE_HOME": folder(".state"), "PATH": "/usr/bin",
            ], columns: 120, rows: 40, folder: folder.path)
        try session.waitForCursorLine("base|tuned>")
        try session.type("/run rows.jsonl\r")
        try session.wait(for: "the bar") { session in
            let line = session.screen.cursorLine
            return line.hasPrefix("[#") && line.contains("/600 answers") && line.hasSuffix("left")
        }
        try session.press(.control("C"))
        try session.waitForText("interrupted: the table is of")
        try session.waitForCursorLine("base|tuned>")
        #expect(!session.screen.text.contains("answers  "), "the bar is gone")
        let kept = try answers(try #require(try journals().first)).count
        #expect(kept > 0 && kept < 600)
        try session.type("/run rows.jsonl\r")
        try session.waitForText("unfinished run: \(kept) of 600 answers")
        try session.waitForText("300 rows in 8 groups", seconds: 60)
    }

    @Test func onlyTheSameRunGoesOn() throws {
        try writeRows(6)
        let script = "/set max_tokens 3\n/run rows.jsonl\n"
        let first = try run(script)
        // As a crash after five answers leaves it.
        let path = try #require(try journals().first)
        let lines = try TestFile.bytes(of: path).split(separator: 0x0A)
        func cut() throws {
            try TestFile.write(
                Array(lines[..<12].joined(separator: [0x0A])) + [0x0A, 0x7B], to: path)
        }
        try cut()
        let resumed = try run(script)
        #expect(resumed.output == first.output && resumed.errors.contains("5 of 12 answers"))
        #expect(resumed.errors.contains("torn"))
        // A finished run, other settings and --fresh begin anew.
        #expect(try run(script).errors.contains("goes on") == false)
        for other in [
            "/set max_tokens 4\n/run rows.jsonl\n", "/system Be brief.\n" + script,
            "/set max_tokens 3\n/run rows.jsonl --fresh\n",
        ] {
            try cut()
            for later in try journals() where later != path {
                try FileManager.default.removeItem(atPath: later)
            }
            let result = try run(other)
            #expect(result.status == 0 && !result.errors.contains("goes on"), "\(other)")
        }
    }

    @Test func withoutAPlaceForTheStateItSaysSoAndRuns() throws {
        try writeRows(2)
        try TestFile.write("", to: folder("file"))
        let program = try RunningProgram(
            ["run", "-", "--json"], input: Self.load + "/set max_tokens 2\n/run rows.jsonl\n",
            in: folder.path, state: folder("file"))
        let result = try program.result()
        #expect(result.status == 0 && result.errors.contains("this run is not kept"))
        #expect(try summaries(result).count == 1)
    }

    /// CSV with other names for the columns gives what JSONL gives.
    @Test func columnsAreMapped() throws {
        try TestFile.write(
            """
            {"prompt": "One", "references": ["x", "y"], "group": "a", "system": "S"}
            {"prompt": "Two, or \\"2\\"", "reference": 7, "group": "b"}

            """, to: folder("rows.jsonl"))
        try TestFile.write(
            "question,topic,gold,gold2,role\nOne,a,x,y,S\n\"Two, or \"\"2\"\"\",b,7,,\n",
            to: folder("rows.csv"))
        let script = "/set max_tokens 3\n/run rows"
        let plain = try run(script + ".jsonl f1\n")
        let mapped = try run(
            script + ".csv f1 --map prompt=question --map reference=gold --map reference=gold2 "
                + "--map group=topic --map system=role\n")
        #expect(plain.status == 0 && plain.output == mapped.output, "\(mapped.errors)")
        let variants = try #require(try summaries(plain).first?["variants"])
        #expect(variants["base"]?["unscored"]?.integer == 0)
        let hint = "no row has a reference; name its column with --map reference=COLUMN, of "
        #expect(!mapped.errors.contains(hint))
        let unmapped = try run(script + ".csv f1 --map prompt=question\n")
        #expect(unmapped.status == 0 && unmapped.errors.contains(hint), "\(unmapped.errors)")
        let wrong = try run(script + ".csv --map prompt=questoin\n")
        #expect(wrong.status == 3 && wrong.errors.contains("no row has a column questoin"))
        #expect(wrong.errors.contains("question, topic"))
        let missing = try run(script + ".csv\n")
        #expect(missing.errors.contains("rows.csv:2: the row has no prompt"))
    }

    @Test func aSampleKeepsTheSharesOfTheGroups() throws {
        let rows = (0..<60).map { number in
            "{\"prompt\": \"p\(number)\", \"group\": \"\(number < 40 ? "large" : "small")\"}\n"
        }
        try TestFile.write(rows.joined(), to: folder("rows.jsonl"))
        func sampled(_ options: String) throws -> [JSON] {
            let result = try run("/set max_tokens 1\n/run rows.jsonl \(options) --fresh\n")
            #expect(result.status == 0, "\(result.errors)")
            let path = try #require(
                try journals().max { first, second in
                    let dates = try [first, second].map {
                        try FileManager.default.attributesOfItem(atPath: $0)[.modificationDate]
                            as? Date ?? .distantPast
                    }
                    return dates[0] < dates[1]
                })
            return try Journal.read(path: path).records.map(\.value).filter {
                $0["type"]?.string == "row"
            }
        }
        let first = try sampled("--sample 15")
        #expect(first.count == 15 && first.count { $0["group"]?.string == "large" } == 10)
        #expect(try sampled("--sample 15") == first)
        #expect(try sampled("--sample 15 --seed 1") != first)
        #expect(try sampled("--sample 99").count == 60)
    }

    @Test func theSummaryHasTheKeysOfTheDesign() throws {
        try writeRows(30)
        let result = try run("/set max_tokens 2\n/run rows.jsonl em f1 --threshold 3\n")
        let events = try summaries(result)
        #expect(events.count == 2)
        for event in events {
            #expect(event["n"]?.integer == 30 && event["groups"]?.integer == 8)
            #expect(event["variants"]?["base"]?["interval"]?.array?.count == 2)
            #expect(event["delta"]?.double != nil && event["p"]?.double != nil)
            #expect(event["interval"]?.array?.count == 2 && event["threshold"]?.double == 0.03)
            #expect(["better", "worse", "inconclusive"].contains(event["verdict"]?.string ?? ""))
        }
        let text = try run("/set max_tokens 2\n/run rows.jsonl em\n", [])
        #expect(text.output.contains("30 rows in 8 groups, scores with 95 % intervals"))
        #expect(text.output.contains("delta = tuned − base") && text.output.contains("verdict"))
    }
}
