import Basics
import TestSupport
import Testing

/// The program rounding weights, and sharing them.
struct LoadingTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        try TinyLlama(seed: 1).writeGGUF(to: folder("a.gguf"), .bf16)
        // The same weights in a file of its own.
        try TinyLlama(seed: 1).writeGGUF(to: folder("b.gguf"), .bf16)
        try TinyLlama(seed: 1).writeGGUF(to: folder("q.gguf"), .q4_1)
        try TinyAdapter(for: TinyLlama(seed: 1)).write(to: folder.folder("lora"))
    }

    private func run(_ script: String) throws -> ScriptTests.Result {
        try ScriptTests.tandem(["run", "-", "--json"], input: script, in: folder.path)
    }

    private func events(_ output: String, _ name: String) throws -> [JSON] {
        try output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    @Test func roundedWeightsSayWhatTheyWereAndTakeAdapters() throws {
        let result = try run(
            """
            /load a.gguf as plain
            /load a.gguf as small --quant q4_0 --adapter lora
            /load a.gguf as half --quant q8_0
            /set max_tokens 4
            /complete Once
            /models
            /save kept
            """)
        #expect(result.status == 0, "\(result.errors)")
        let loaded = try events(result.output, "loaded")
        #expect(
            loaded.map { $0["type"]?.string } == ["BF16", "Q4_0 (from BF16)", "Q8_0 (from BF16)"])
        let digests = loaded.compactMap { $0["sha256"]?.string?.split(separator: "+").first }
        #expect(digests.count == 3 && Set(digests).count == 1, "they are the file's")
        let models = try events(result.output, "model")
        #expect(models.map { $0["shared_bytes"]?.integer } == [0, 0, 0])
        let own = models.compactMap { $0["own_bytes"]?.integer }
        #expect(own.count == 3 && own[2] < own[0])
        #expect(try events(result.output, "answer").count == 3)
        let saved = String(decoding: try TestFile.bytes(of: folder("kept.tandem")), as: UTF8.self)
        #expect(saved.contains("/load a.gguf as half --quant q8_0"))
    }

    /// What was rounded takes less than its file.
    @Test func whatIsLoadedSaysWhatItTakes() throws {
        let script = "/load a.gguf as small --quant q8_0\n/adapter lora --on small\n/models\n"
        let events = try run(script).output.split(separator: "\n").map {
            try JSON.parse(String($0))
        }
        let bytes = try #require(events[2]["own_bytes"]?.integer)
        #expect(events[0]["memory_bytes"]?.integer == bytes)
        #expect(try bytes < #require(events[0]["bytes"]?.integer))
        let adapter = try #require(events[3]["own_bytes"]?.integer)
        #expect(events[1]["memory_bytes"]?.integer == bytes + adapter)
        let plain = try ScriptTests.tandem(["run", "-"], input: script, in: folder.path).output
        #expect(plain.contains("Q8_0 (from BF16), \(ByteSize.readable(bytes)) in memory\n"))
        #expect(
            plain.contains("adapter lora (\(ByteSize.readable(adapter)) in memory)\n"), "\(plain)")
    }

    @Test func roundedWeightsAreNotRoundedAgain() throws {
        let result = try run("/load q.gguf --quant q8_0\n")
        #expect(result.status == 3)
        let error = try #require(events(result.output, "error").first)
        #expect(error["code"]?.string == "unsupported")
        #expect(error["message"]?.string?.contains("Q4_1") == true)
    }

    @Test func equalModelsAreHeldOnce() throws {
        let result = try run("/load a.gguf as a\n/load b.gguf as b\n/models\n")
        #expect(result.status == 0, "\(result.errors)")
        let models = try events(result.output, "model")
        #expect(models.count == 2)
        #expect(models[0]["shared_bytes"]?.integer == 0)
        #expect(models[1]["own_bytes"]?.integer == 0)
        #expect(models[1]["shared_bytes"]?.integer == models[0]["own_bytes"]?.integer)
    }
}
