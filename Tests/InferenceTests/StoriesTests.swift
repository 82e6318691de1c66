import Basics
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// A real 260k-parameter Llama writes what its author's program wrote.
@Suite(.enabled(if: SharedData.isPresent, "../shared is absent"))
struct StoriesTests {
    @Test(arguments: ["stories260k/stories260K.f32.gguf", "stories260k/hf"])
    func greedyTextIsTheAuthors(_ name: String) throws {
        let vocabulary = try pieces()
        let file = try ModelFile.open(path: #require(SharedData.path("data/" + name)))
        let workers = try Workers(count: 2)
        let engine = try Engine(file, workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let timeline = Timeline(engine)
        try stepper.sync([(timeline, [1])])
        var text: [UInt8] = []
        for _ in 0..<200 {
            let token = Sampler.mostProbable(timeline.logits)
            text += vocabulary[Int(token)]
            try stepper.step([(timeline, token)])
        }
        let expected = try Data(
            contentsOf: URL(
                filePath: #require(
                    SharedData.path("data/stories260k/expected_stdout_karpathy_200steps.txt"))))
        let found = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        let wanted = String(decoding: expected, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(found.hasPrefix(wanted) || wanted.hasPrefix(found))
        #expect(abs(found.count - wanted.count) < 8)
    }

    /// The bytes of every piece, with SentencePiece's spellings of spaces and bytes undone.
    private func pieces() throws -> [[UInt8]] {
        let path = try #require(SharedData.path("data/stories260k/stories260K.f32.gguf"))
        let tokens = try #require(GGUFFile(path: path).metadata["tokenizer.ggml.tokens"]?.array)
        return (0..<tokens.count).map { index in
            let bytes = Array(
                tokens.stringBytes(at: index) ?? UnsafeRawBufferPointer(start: nil, count: 0))
            let piece = String(decoding: bytes, as: UTF8.self)
            if piece.hasPrefix("<0x"), let byte = UInt8(piece.dropFirst(3).dropLast(), radix: 16) {
                return [byte]
            }
            return Array(piece.replacing("\u{2581}", with: " ").utf8)
        }
    }
}
