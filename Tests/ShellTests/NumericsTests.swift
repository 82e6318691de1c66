import Basics
import Foundation
import TestSupport
import Testing

/// `/set numerics` and `/set cache`: shown in every recorded result, and never mixed.
struct NumericsTests {
    private func events(_ script: String, threads: Int = 2) throws -> [JSON] {
        let folder = try TemporaryFolder()
        // Two layers of quantised weights: fast rounds what they read.
        let model = TinyLlama(
            hiddenSize: 96, intermediateSize: 160, headCount: 3, keyValueHeadCount: 1)
        try model.writeGGUF(to: folder("tiny.gguf"), .q8_0)
        let result = try ScriptTests.tandem(
            ["run", "-", "--json", "--threads", "\(threads)"], input: script, in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    private static let script = """
        /load tiny.gguf as base
        /set max_tokens 24
        /set temperature 1
        /complete Once upon a time
        /again numerics=fast
        /again numerics=fast cache=f16
        /again cache=f16
        /ref a
        /score em
        /again
        """

    @Test func everyResultSaysHowItWasComputed() throws {
        let events = try events(Self.script)
        let answers = events.filter { $0["event"]?.string == "answer" }
        #expect(
            answers.map { $0["numerics"]?.string } == [
                "exact", "fast", "fast, f16 cache", "exact, f16 cache", "exact",
            ])
        let score = events.first { $0["event"]?.string == "score" }
        #expect(score?["numerics"]?.string == "exact, f16 cache")
        let prints = answers.map { $0["fingerprint"]?.string }
        #expect(Set(prints).count == 4 && prints.first == prints.last && !prints.contains(nil))
        // What fast and f16 left in the cache is not used for exact.
        #expect(answers.first?["text"] == answers.last?["text"])
    }

    @Test func eachIsTheSameOnAnyNumberOfThreads() throws {
        #expect(try events(Self.script) == events(Self.script, threads: 1))
    }

    @Test func anUnknownValueIsRefused() throws {
        let folder = try TemporaryFolder()
        let result = try ScriptTests.tandem(
            ["run", "-"], input: "/set numerics quick\n", in: folder.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("exact or fast"))
    }
}
