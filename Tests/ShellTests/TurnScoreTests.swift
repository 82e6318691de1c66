import Basics
import TestSupport
import Testing

/// `/score` on the last turn, on any, and on all of them.
struct TurnScoreTests {
    private static let start = """
        /load tiny.gguf as base
        /adapter lora --on base as tuned
        /set max_tokens 8
        /complete Once
        /ref Once there was
        /complete Twice
        /ref --also the end
        /ref --also Twice

        """

    private func events(_ commands: String) throws -> [JSON] {
        let folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
        let result = try ScriptTests.tandem(
            ["run", "-", "--json"], input: Self.start + commands, in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"] == "score" }
    }

    @Test func anyTurnCanBeScored() throws {
        let events = try events("/score em\n/score 1 em\n/score 2 em\n")
        #expect(events.map { $0["turn"]?.integer } == [2, 2, 1, 1, 2, 2])
        #expect(events[0]["references"] == ["the end", "Twice"])
        #expect(events[2]["reference"] == "Once there was" && events[2]["references"] == nil)
        #expect(events[4] == events[0])
    }

    /// The row for all turns is the mean of theirs, for each variant.
    @Test func allTurnsTogether() throws {
        let events = try events("/complete Thrice\n/score all chrf rouge1\n")
        #expect(events.count == 3 * 4 + 4)
        let together = events.filter { $0["turn"] == "all" }
        #expect(together.count == 4 && together.allSatisfy { $0["n"] == 3 })
        for event in together where event["metric"] == "rouge1" {
            let own = events.filter {
                $0["metric"] == "rouge1" && $0["turn"] != "all" && $0["variant"] == event["variant"]
            }
            #expect(own.count == 3 && own[2]["unscored"] == "there is no reference")
            let mean = own.compactMap { $0["value"]?.double }.reduce(0, +) / 2
            #expect(event["value"]?.double == mean && event["unscored_answers"] == 1)
        }
    }

    @Test func theTableHasAColumnForTheTurn() throws {
        let folder = try TemporaryFolder()
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"))
        let script = """
            /load tiny.gguf as a
            /complete x
            /ref y
            /score 2
            """
        let missing = try ScriptTests.tandem(["run", "-"], input: script, in: folder.path)
        #expect(missing.status == 3 && missing.errors.contains("turns go from 1 to 1"))
        let all = try ScriptTests.tandem(
            ["run", "-"], input: script.replacing("/score 2", with: "/score all em"),
            in: folder.path)
        #expect(all.output.contains("turn   metric"), "\(all.output)")
        #expect(all.output.contains("all 1  em"), "\(all.output)")
    }
}
