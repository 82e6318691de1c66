import Basics
import ModelFiles
import TestSupport
import Testing

/// Models made by others.
struct RealModelTests {
    @Test(.enabled(if: SharedData.demoModel != nil, "the demo model is not here"))
    func demoModel() throws {
        let path = try #require(SharedData.demoModel)
        let model = try ModelFile.open(path: path)
        let configuration = model.configuration
        #expect(
            configuration
                == LlamaConfiguration(
                    vocabularySize: 49152, hiddenSize: 576, intermediateSize: 1536, layerCount: 30,
                    headCount: 9, keyValueHeadCount: 3, headDimension: 64, rmsNormEpsilon: 1e-5,
                    ropeTheta: 100_000, ropeScaling: .none, contextLength: 8192,
                    tiedEmbeddings: true, rowsArePairInterleaved: true))
        #expect(model.typeLabel == "Q4_1")
        #expect(model.parameterCount == 134_515_008)
        #expect(model.generation.endOfSequence == [2])
        #expect(try model.tensor(.tokenEmbedding).type == .q8_0)
        #expect(throws: TandemError.self) { try model.tensor(.output) }
        guard case .gguf(let metadata) = model.vocabulary else {
            Issue.record("a GGUF file has its vocabulary in itself")
            return
        }
        let tokens = try #require(metadata["tokenizer.ggml.tokens"]?.array)
        #expect(tokens.count == 49152)
        #expect(
            tokens.stringBytes(at: 1).map { String(decoding: $0, as: UTF8.self) } == "<|im_start|>")
        #expect(metadata["tokenizer.ggml.merges"]?.array?.count == 48900)
        for which in LlamaTensor.all(of: configuration) {
            #expect(try model.tensor(which).firstNonFinite() == nil)
        }
    }

    @Test(.enabled(if: SharedData.demoModel != nil, "the demo model is not here"))
    func demoModelOpensInMilliseconds() throws {
        let path = try #require(SharedData.demoModel)
        let clock = ContinuousClock()
        let times = try (0..<20).map { _ in try clock.measure { _ = try ModelFile.open(path: path) }
        }
        let best = try #require(times.min())
        #expect(best < .milliseconds(5), "opening took \(best)")
    }

    /// The two formats of one model hold the same numbers; GGUF stores rotary pairs side by side.
    @Test(.enabled(if: SharedData.isPresent, "the shared test data is not here"))
    func storiesInBothFormats() throws {
        let gguf = try ModelFile.open(
            path: #require(SharedData.path("data/stories260k/stories260K.f32.gguf")))
        let folder = try ModelFile.open(path: #require(SharedData.path("data/stories260k/hf")))
        #expect(gguf.format == .gguf && folder.format == .huggingFace)
        #expect(!gguf.configuration.tiedEmbeddings && folder.configuration.tiedEmbeddings)
        #expect(folder.generation == gguf.generation)
        #expect(folder.sha256().count == 64 && folder.sha256() != gguf.sha256())
        for which in LlamaTensor.all(of: folder.configuration) {
            let expected = try folder.tensor(which).dequantized()
            let tensor = try gguf.tensor(which)
            var found = tensor.dequantized()
            switch which {
            case .query, .key:
                found = RotaryRows.deinterleaved(
                    found, columns: tensor.columns,
                    headDimension: gguf.configuration.headDimension)
            default: break
            }
            #expect(found == expected, "\(which.hfName)")
        }
        let output = try gguf.tensor(.output).dequantized()
        #expect(try output == folder.tensor(.tokenEmbedding).dequantized())
    }
}
