import Basics
import ModelFiles
import TestSupport
import Testing

/// Models that the tests write themselves, in every format.
struct TinyModelTests {
    @Test(arguments: TensorType.allCases)
    func ggufOfEveryType(_ type: TensorType) throws {
        let folder = try TemporaryFolder()
        let tiny = TinyLlama.forAnyType()
        try tiny.writeGGUF(to: folder("model"), type)
        let model = try ModelFile.open(path: folder("model"))
        #expect(model.typeLabel == type.rawValue)
        #expect(model.configuration.rowsArePairInterleaved)
        #expect(model.configuration.vocabularySize == TinyVocabulary.size)
        for which in LlamaTensor.all(of: model.configuration) {
            let tensor = try model.tensor(which)
            #expect(tensor.name == which.ggufName)
            #expect(tensor.firstNonFinite() == nil)
            var found = tensor.dequantized()
            switch which {
            case .query, .key:
                found = RotaryRows.deinterleaved(
                    found, columns: tensor.columns,
                    headDimension: model.configuration.headDimension)
            default: break
            }
            let expected = tiny.values(of: which)
            // A step of the coarsest type is 1/15 of a block's span, at most 2 · √3 / 16 here.
            let tolerance: Float = type.blockElements == 1 ? 0.01 : 0.03
            #expect(
                zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }
                    && found.count == expected.count, "\(which.ggufName)")
        }
    }

    @Test(arguments: [TensorType.f32, .f16, .bf16], [1, 2, 5])
    func folder(_ type: TensorType, shardCount: Int) throws {
        let folder = try TemporaryFolder()
        let tiny = TinyLlama(
            ropeScaling: .llama3(
                factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4,
                originalContextLength: 64),
            tiedEmbeddings: false)
        try tiny.writeFolder(to: folder("model"), type, shardCount: shardCount)
        let model = try ModelFile.open(path: folder("model"))
        #expect(model.configuration == tiny.configuration)
        #expect(model.typeLabel == type.rawValue)
        #expect(model.generation.endOfSequence == [2])
        #expect(model.generation.beginningOfSequence == 1)
        for which in LlamaTensor.all(of: model.configuration) {
            let tensor = try model.tensor(which)
            let expected = TensorEncoder.encode(tiny.values(of: which), as: type)
            #expect(tensor.name == which.hfName && Array(tensor.bytes) == expected)
        }
    }

    /// A Mistral is a Llama up to the length of its window.
    @Test func aMistral() throws {
        let folder = try TemporaryFolder()
        let tiny = TinyLlama(contextLength: 8192)
        try tiny.writeFolder(to: folder.path)
        let config = try JSON.parse(TestFile.bytes(of: folder("config.json")))
        for (window, context) in [(.integer(100), 100), (.null, 8192), (nil, 4096)]
            as [(JSON?, Int)]
        {
            guard case .object(var object) = config else { return }
            object["model_type"] = "mistral"
            object["sliding_window"] = window
            try TestFile.write(.object(object), to: folder("config.json"))
            let expected = TinyLlama(contextLength: context).configuration
            #expect(try ModelFile.open(path: folder.path).configuration == expected)
        }
    }

    /// The digest is over the weights' bytes, so two shardings of a model differ and a copy does not.
    @Test func digests() throws {
        let folder = try TemporaryFolder()
        let tiny = TinyLlama()
        try tiny.writeFolder(to: folder("one"), shardCount: 2)
        try tiny.writeFolder(to: folder("copy"), shardCount: 2)
        let model = try ModelFile.open(path: folder("one"))
        let shards = try (1...2).flatMap {
            try TestFile.bytes(of: folder("one/model-0000\($0)-of-00002.safetensors"))
        }
        #expect(model.sha256() == SHA256.hex(shards))
        #expect(model.byteCount == shards.count)
        #expect(try ModelFile.open(path: folder("copy")).sha256() == model.sha256())
    }

    @Test func missingKeyValueHeadsMeansAllHeads() throws {
        let folder = try TemporaryFolder()
        var writer = TinyLlama(keyValueHeadCount: 4).gguf()
        writer["llama.attention.head_count_kv"] = nil
        try TestFile.write(writer.bytes(), to: folder("model"))
        #expect(try ModelFile.open(path: folder("model")).configuration.keyValueHeadCount == 4)
    }

    @Test func version2AndRopeFactors() throws {
        let folder = try TemporaryFolder()
        let factors = (0..<8).map { 1 + Float($0) }
        var writer = TinyLlama(ropeScaling: .factors(factors)).gguf()
        writer.version = 2
        try TestFile.write(writer.bytes(), to: folder("model"))
        #expect(
            try ModelFile.open(path: folder("model")).configuration.ropeScaling == .factors(factors)
        )
    }

    @Test func vocabularyAlone() throws {
        let folder = try TemporaryFolder()
        var writer = TinyLlama().gguf()
        writer.tensors = []
        try TestFile.write(writer.bytes(), to: folder("vocabulary"))
        let file = try GGUFFile(path: folder("vocabulary"))
        let tokens = try #require(file.metadata["tokenizer.ggml.tokens"]?.array)
        let spelled = (0..<tokens.count).compactMap {
            tokens.stringBytes(at: $0).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(spelled == TinyVocabulary.tokens(TinyVocabulary.size))
        #expect(tokens.stringBytes(at: tokens.count) == nil)
        #expect(tokens.stringBytes(at: -1) == nil)
        let types = try #require(file.metadata["tokenizer.ggml.token_type"]?.array?.integers())
        #expect(types.count == TinyVocabulary.size && types[..<4] == [2, 3, 3, 6])
        #expect(file.metadata["tokenizer.ggml.scores"]?.array?.floats()?.count == types.count)
    }
}
