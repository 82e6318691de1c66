import Basics
import TestSupport
import Testing
import Traps

/// Traps from tables.
struct ImportTests {
    private func traps(_ text: String, _ file: String = "qa.csv") throws -> [Trap] {
        try TrapImport(text, file: file, stem: "qa").traps
    }

    @Test func plainQuestionsAndAnswers() throws {
        let csv =
            "question,answer,incorrect\nHow many?,\"12; twelve\",13\nWho?,\"Ann, of course\",\n"
        let traps = try traps(csv)
        #expect(traps.map(\.id) == ["qa-0001", "qa-0002"])
        #expect(traps[0].truth == ["12", "twelve"] && traps[0].falsehoods == [["13"]])
        #expect(traps[1].truth == ["Ann, of course"] && traps[1].falsehoods.isEmpty)
        #expect(traps[0].kind == .misconception)
    }

    @Test func rowsOfJSON() throws {
        let row = """
            {"id": "A 1", "prompt": "How many?", "answers": ["12", "I don't know"], "kind": "number", \
            "falsehoods": ["13", "12"], "control": "And?", "control_answer": "1", "reason": "why"}
            """
        let traps = try traps(row, "qa.jsonl")
        #expect(traps[0].id == "a-1" && traps[0].kind == .number && traps[0].reason == "why")
        // To abstain is no truth, and what is true is no falsehood.
        #expect(traps[0].truth == ["12"] && traps[0].falsehoods == [["13"]])
        #expect(traps[0].control == .init(prompt: "And?", answers: ["1"]))
        #expect(try TrapParser(file: "x").traps(traps[0].text) == traps)
    }

    @Test(arguments: [
        ("q.csv", "question,answer\nWho?,\n", 2, "no answer"),
        ("q.csv", "answer\nBen\n", 2, "no question"),
        ("q.csv", "question,answer,kind\nWho?,Ben,riddle\n", 2, "riddle"),
        ("q.jsonl", "{\"question\": 4, \"answer\": \"a\"}", 1, "question is"),
        ("q.jsonl", "{\"question\": \"a\", \"answer\": \"b\", \"control\": \"c\"}", 1, "control"),
        ("q.csv", "id,question,answer\na,b,c\na,d,e\n", 3, "two rows"),
    ])
    func mistakesAreNamed(_ file: String, _ text: String, _ line: Int, _ message: String) {
        #expect {
            try traps(text, file)
        } throws: { error in
            let error = error as? TandemError
            return error?.line == line && error?.message.contains(message) == true
        }
    }

    /// The real file is read whole, and its traps read back the same.
    @Test(.enabled(if: SharedData.isPresent, "/work/shared is absent"))
    func truthfulQA() throws {
        let path = try #require(SharedData.path("data/truthfulqa/TruthfulQA.csv"))
        let traps = try TrapImport(TextFile.read(path), file: path, stem: "truthfulqa").traps
        #expect(traps.count >= 790)
        #expect(traps[0].truth[0] == "The watermelon seeds pass through your digestive system")
        #expect(traps[0].falsehoods[0] == ["You grow watermelons in your stomach"])
        #expect(traps[0].reason.hasPrefix("Misconceptions; https://"))
        let text = traps.map(\.text).joined(separator: "\n")
        #expect(try TrapParser(file: "tqa").traps(text) == traps)
    }
}
