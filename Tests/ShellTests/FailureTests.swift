import Basics
import Foundation
import PseudoTerminal
import Sessions
import TestSupport
import Testing

/// `/failures`, on a run whose answers are known.
struct FailureTests {
    private let folder: TestSupport.TemporaryFolder

    /// Rows with base's and tuned's answers; the right one is "yes".
    private static let rows = [
        ("Is the gate open?", "yes", "yes"), ("Is the gate not open?", "yes", "no"),
        ("Is it never late?", "yes", "no"), ("Is the train without a gate?", "no", "no"),
        ("Is the train late?", "no", "yes"), ("Is the bus late?", "no", "yes"),
        ("Which bus? And when does it go?", "yes", "no\u{1B}[2J"),
        ("Name two things:\n1. a bus\n2. a train", "no", "yes"), ("Is the sky blue?", "yes", "yes"),
        ("Is water wet?", "yes", "yes"), ("Is the train here?", "yes", "yes"),
        ("Does it rain in the evening when the last train has left the town?", "yes", "yes"),
    ]

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        let journal = try Journal(path: folder(".state/tandem/runs/known-1.jsonl"))
        try journal.append([
            "type": "run", "key": "k", "file": "known.jsonl", "system": "",
            "variants": [["name": "base"], ["name": "tuned"]], "settings": ["seed": "0"],
            "rows": .integer(Self.rows.count), "metrics": ["em"],
        ])
        for (index, row) in Self.rows.enumerated() {
            try journal.append([
                "type": "row", "row": .integer(index + 1), "id": .string("q\(index + 1)"),
                "group": index % 2 == 0 ? "even" : "odd", "prompt": .string(row.0), "system": nil,
                "references": ["yes"],
            ])
            for (variant, text) in [("base", row.1), ("tuned", row.2)] {
                try journal.append([
                    "type": "answer", "row": .integer(index + 1), "variant": .string(variant),
                    "text": .string(text), "tokens": 1, "finish": "stop", "detail": nil,
                ])
            }
        }
        try journal.append(["type": "end"])
    }

    private func run(_ script: String, _ arguments: [String] = ["--json"]) throws
        -> ScriptTests.Result
    {
        try ScriptTests.tandem(
            ["run", "-"] + arguments, input: script, in: folder.path,
            environment: ["XDG_CONFIG_HOME": folder(".config")])
    }

    private func events(_ script: String) throws -> [JSON] {
        let result = try run(script)
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    @Test func flipsAndWorstAnswersAreFound() throws {
        let events = try events("/failures\n")
        func items(_ kind: String) -> [String] {
            events.filter { $0["kind"]?.string == kind }.compactMap { $0["item"]?.string }
        }
        #expect(items("lost") == ["q2", "q3", "q7"])
        #expect(items("gained") == ["q5", "q6", "q8"])
        #expect(items("worst").count == 12 && items("worst").prefix(4) == ["q2", "q3", "q4", "q7"])
        let first = try #require(events.first)
        #expect(first["variants"]?["base"]?["value"]?.double == 1)
        #expect(first["variants"]?["tuned"]?["text"]?.string == "no")
    }

    @Test func itemsAreGroupedByWhatTheirPromptsAreLike() throws {
        let groups = try events("/failures\n").filter { $0["event"]?.string == "failure_group" }
        func group(_ name: String) throws -> JSON {
            try #require(groups.first { $0["name"]?.string == name }, "\(name)")
        }
        let negated = try group("negation")
        #expect(negated["n"]?.integer == 3 && negated["failed"]?.integer == 3)
        #expect(negated["lost"]?.integer == 2 && negated["gained"]?.integer == 0)
        #expect(negated["means"]?["tuned"]?.double == 0)
        #expect(try group("no negation")["failed"]?.integer == 1)
        #expect(try group("several parts")["n"]?.integer == 2)
        #expect(try group("group odd")["n"]?.integer == 6)
        // Of the three prompts with a gate two fail; of twelve four.
        let lengths = groups.compactMap { $0["name"]?.string }.filter { $0.contains("words)") }
        #expect(lengths.count == 3)
        #expect(
            lengths.reduce(0) { total, name in
                total + (groups.first { $0["name"]?.string == name }?["n"]?.integer ?? 0)
            } == 12)
    }

    /// A word that failing prompts share, and one that says nothing.
    @Test func sharedWordsAreThoseOfFailingItems() throws {
        let journal = try Journal(path: folder(".state/tandem/runs/words-1.jsonl"))
        try journal.append([
            "type": "run", "key": "w", "file": "words.jsonl", "variants": [["name": "base"]],
            "rows": 20, "metrics": ["em"],
        ])
        for number in 1...20 {
            let isRefund = number <= 5
            try journal.append([
                "type": "row", "row": .integer(number), "references": ["yes"],
                "prompt": .string("Ticket \(number): " + (isRefund ? "my refund" : "my parcel")),
            ])
            try journal.append([
                "type": "answer", "row": .integer(number), "variant": "base",
                "text": .string(isRefund || number == 20 ? "no" : "yes"), "tokens": 1,
                "finish": "stop",
            ])
        }
        let words = try events("/failures\n").compactMap { $0["name"]?.string }
            .filter { $0.hasPrefix("word") }
        #expect(words == ["word \"refund\""])
    }

    @Test func peopleSeeBothAnswersAndNoControlCharacters() throws {
        let text = try run("/failures\n", []).output
        #expect(text.contains("em of tuned: 4 of 12 rows fail (a score below 0.5)"))
        #expect(text.contains("lost, right by base: 3"))
        let open = try run("/failures open q7\n", [])
        #expect(open.output.contains("no^[[2J") && !open.output.contains("\u{1B}"))
        #expect(open.output.contains("item q7, group even") && open.output.contains("base  1.0000"))
        #expect(try run("/failures open 7\n", []).output == open.output, "by row number, too")
        let missing = try run("/failures open q99\n", [])
        #expect(missing.status == 3 && missing.errors.contains("the run has no item q99"))
    }

    @Test func onATerminalAnswersStandSideBySide() throws {
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--no-config"],
            environment: ["HOME": folder.path, "XDG_STATE_HOME": folder(".state")],
            columns: 80, rows: 40, folder: folder.path)
        try session.waitForCursorLine("tandem>")
        try session.type("/failures open q2\r")
        try session.waitForText("│ no")
        let rows = session.screen.text.split(separator: "\n").filter { $0.contains(" │ ") }
        #expect(rows.first?.contains("base  1.0000") == true, "\(rows)")
        #expect(
            rows.first?.hasSuffix("tuned  0.0000") == true && rows.last?.hasSuffix("│ no") == true)
    }

    /// What all prompts begin with says nothing of one of them.
    @Test func sharedInstructionsAreLeftOutOfLists() throws {
        let journal = try Journal(path: folder(".state/tandem/runs/long-1.jsonl"))
        let instruction = "Answer with one word, and with nothing else beside that word."
        try journal.append([
            "type": "run", "key": "l", "file": "long.jsonl", "variants": [["name": "base"]],
            "rows": 2, "metrics": ["em"],
        ])
        for number in 1...2 {
            try journal.append([
                "type": "row", "row": .integer(number), "references": ["yes"],
                "prompt": .string(instruction + " Question \(number)"),
            ])
            try journal.append([
                "type": "answer", "row": .integer(number), "variant": "base", "text": "no",
                "tokens": 1, "finish": "stop",
            ])
        }
        let list = try run("/failures\n", []).output
        #expect(list.contains("prompt     … Question 1") && !list.contains("Answer with one"))
        #expect(try run("/failures open 2\n", []).output.contains(instruction + " Question 2"))
    }

    @Test(arguments: ["csv", "md", "table"]) func everyFormatShowsThem(_ format: String) throws {
        let result = try run("/output \(format)\n/failures\n/failures open q2\n", [])
        #expect(result.status == 0 && result.output.contains("lost"), "\(result.errors)")
        #expect(!result.output.contains("\u{1B}") || format == "csv")
    }

    @Test func remarksPersist() throws {
        #expect(try run("/failures log\n").errors.contains("nothing is noted"))
        let noted = try run(
            "/failures note q2 drops the negation\n/failures note 7 two questions\n")
        #expect(noted.status == 0 && noted.errors.contains("noted in"))
        let notes = try events("/failures log\n")
        #expect(
            notes.compactMap { $0["remark"]?.string } == ["drops the negation", "two questions"])
        #expect(notes[0]["item"]?.string == "q2" && notes[0]["file"]?.string == "known.jsonl")
        let kept = try Journal.read(path: folder(".state/tandem/failures.jsonl")).records
        #expect(kept[0].value["answers"]?["tuned"]?.string == "no")
        #expect(kept[0].value["scores"]?["base"]?.double == 1)
        #expect(try run("/failures log\n", []).output.contains("known.jsonl item q2: drops"))
    }

    @Test func anItemBecomesATrap() throws {
        let made = try run("/failures trap q2 negation\n/trap show known-q2\n")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("Is the gate not open?"))
        #expect(made.output.contains("item q2 of known.jsonl: tuned fails it"))
        // What is true is the reference, what tempts the wrong answer.
        let trap = try #require(
            try made.output.split(separator: "\n").map { try JSON.parse(String($0)) }.last)
        #expect(trap.text.contains("yes") && trap.text.contains("no"))
        let passed = try run("/failures trap q1 negation\n/trap show known-q1\n")
        #expect(passed.output.contains("known-q1") && !passed.output.contains("tuned fails it"))
        #expect(try run("/failures trap q99 negation\n").errors.contains("no item q99"))
        #expect(try run("/failures trap q2 nonsense\n").status != 0)
    }

    @Test func anItemIsAskedAgainAsATurn() throws {
        var file = TinyLlama().gguf()
        file["tokenizer.chat_template"] = .string(
            "{% for m in messages %}{{ m.content }}{% endfor %}")
        try TestFile.write(file.bytes(), to: folder("tiny.gguf"))
        let events = try events(
            "/load tiny.gguf as tuned\n/set max_tokens 2\n/failures again q3\n/score em\n")
        let answer = try #require(events.first { $0["event"]?.string == "answer" })
        #expect(answer["prompt"]?.string == "Is it never late?")
        #expect(events.last?["reference"]?.string == "yes")
        #expect(events.last?["value"]?.double != nil)
    }

    @Test func withoutARunItSaysHowToMakeOne() throws {
        try FileManager.default.removeItem(atPath: folder(".state/tandem/runs"))
        let result = try run("/failures\n")
        #expect(result.status == 3 && result.errors.contains("/run FILE"))
    }
}
