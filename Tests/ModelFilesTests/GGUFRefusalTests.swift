import Basics
import ModelFiles
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// GGUF files that must be refused, each with the field or tensor in the message.
struct GGUFRefusalTests {
    let folder: TemporaryFolder
    let good = TinyLlama(layerCount: 1)

    init() throws { folder = try TemporaryFolder() }

    private func refuse(
        _ code: TandemError.Code, _ words: String...,
        at location: SourceLocation = #_sourceLocation, _ change: (inout GGUFWriter) -> Void
    ) throws {
        var writer = good.gguf()
        change(&writer)
        try TestFile.write(writer.bytes(), to: folder("model"))
        expectError(code, words.first ?? "", words.last ?? "", at: location) {
            _ = try ModelFile.open(path: folder("model"))
        }
    }

    @Test func versions() throws {
        try refuse(.unsupported, "version 1") { $0.version = 1 }
        try refuse(.unsupported, "version 4") { $0.version = 4 }
        try refuse(.unsupported, "big-endian") { $0.version = UInt32(3).byteSwapped }
    }

    @Test func counts() throws {
        try refuse(.malformed, "tensors") { $0.tensorCount = .max }
        try refuse(.malformed, "keys") { $0.pairCount = 1 << 62 }
    }

    @Test(arguments: [
        "llama.block_count", "llama.attention.head_count", "llama.attention.head_count_kv",
        "llama.embedding_length", "llama.feed_forward_length", "llama.context_length",
        "llama.vocab_size",
    ])
    func integersOutOfRange(_ key: String) throws {
        for value: GGUFWriter.Value in [
            .uint32(0), .uint32(1 << 31), .uint64(.max), .int32(-1), .float32(4), .string("4"),
            .int32s([4]),
        ] {
            try refuse(.malformed, key) { $0[key] = value }
        }
        if !["llama.attention.head_count_kv", "llama.vocab_size"].contains(key) {
            try refuse(.malformed, key, "missing") { $0[key] = nil }
        }
    }

    @Test(arguments: ["llama.rope.freq_base", "llama.attention.layer_norm_rms_epsilon"])
    func numbersOutOfRange(_ key: String) throws {
        for value: Float in [0, -1, .nan, .infinity] {
            try refuse(.malformed, key) { $0[key] = .float32(value) }
        }
    }

    @Test func numbersThatDoNotFit() throws {
        try refuse(.malformed, "llama.attention.head_count_kv") {
            $0["llama.attention.head_count_kv"] = .uint32(3)
        }
        try refuse(.malformed, "does not divide llama.embedding_length") {
            $0["llama.attention.head_count"] = .uint32(6)
            $0["llama.attention.key_length"] = nil
        }
        try refuse(.unsupported, "llama.rope.dimension_count") {
            $0["llama.rope.dimension_count"] = .uint32(8)
        }
        try refuse(.unsupported, "llama.attention.value_length") {
            $0["llama.attention.value_length"] = .uint32(8)
        }
        try refuse(.mismatch, "llama.vocab_size", "384") { $0["llama.vocab_size"] = .uint32(300) }
        try refuse(.mismatch, "tokenizer.ggml.tokens", "385 tokens") {
            $0["tokenizer.ggml.tokens"] = .strings(TinyVocabulary.tokens(385))
        }
        try refuse(.malformed, "tokenizer.ggml.eos_token_id") {
            $0["tokenizer.ggml.eos_token_id"] = .uint32(384)
        }
        try refuse(.mismatch, "blk.0.attn_q.weight", "[64, 64]") {
            $0["llama.attention.key_length"] = .uint32(8)
            $0["llama.attention.value_length"] = .uint32(8)
            $0["llama.rope.dimension_count"] = .uint32(8)
        }
    }

    @Test func unsupportedModels() throws {
        try refuse(.unsupported, "general.architecture", "qwen2") {
            $0["general.architecture"] = .string("qwen2")
        }
        try refuse(.malformed, "general.architecture") { $0["general.architecture"] = nil }
        try refuse(.unsupported, "llama.rope.scaling.type", "yarn") {
            $0["llama.rope.scaling.type"] = .string("yarn")
        }
        try refuse(.unsupported, "llama.expert_count") { $0["llama.expert_count"] = .uint32(8) }
        try refuse(.unsupported, "split.count") { $0["split.count"] = .uint32(2) }
        try refuse(.unsupported, "sliding_window") {
            $0["llama.attention.sliding_window"] = .uint32(16)
        }
    }

    @Test func metadata() throws {
        try refuse(.malformed, "general.name", "twice") {
            $0.pairs.append(("general.name", .string("again")))
        }
        try refuse(.malformed, "a key") {
            $0["" + String(repeating: "k", count: 65_536)] = .uint8(1)
        }
        try refuse(.malformed, "empty") { $0[""] = .uint8(1) }
        try refuse(.malformed, "UTF-8") {
            $0["x"] = .raw(type: 8, [1, 0, 0, 0, 0, 0, 0, 0, 0xFF])
        }
        try refuse(.malformed, "value type 13") { $0["x"] = .raw(type: 13, []) }
        try refuse(.malformed, "element type 13") {
            $0["x"] = .raw(type: 9, [13, 0, 0, 0] + [UInt8](repeating: 0, count: 8))
        }
        try refuse(.unsupported, "array of arrays") {
            $0["x"] = .raw(type: 9, [9, 0, 0, 0] + [UInt8](repeating: 0, count: 8))
        }
        for length in [UInt64.max, 1 << 62, 1 << 40] {
            for element: UInt8 in [0, 8, 10] {
                try refuse(.malformed, "elements of x") {
                    $0["x"] = .raw(
                        type: 9,
                        [element, 0, 0, 0] + withUnsafeBytes(of: length.littleEndian) { Array($0) })
                }
            }
        }
        try refuse(.malformed, "boolean") { $0["x"] = .raw(type: 7, [2]) }
    }

    @Test func alignments() throws {
        for value: GGUFWriter.Value in [.uint32(0), .uint32(24), .int32(32), .uint64(32)] {
            try refuse(.malformed, "general.alignment") { $0["general.alignment"] = value }
        }
        try refuse(.malformed, "") { $0["general.alignment"] = .uint32(1 << 31) }
    }

    @Test func tensors() throws {
        let name = "blk.0.attn_q.weight"
        func place(_ writer: GGUFWriter) -> Int {
            writer.tensors.firstIndex { $0.name == name } ?? 0
        }
        try refuse(.malformed, name, "missing") { $0.removeTensor(name) }
        try refuse(.malformed, "token_embd.weight", "missing") {
            $0.removeTensor("token_embd.weight")
        }
        try refuse(.malformed, name, "twice") { $0.tensors.append($0.tensors[place($0)]) }
        try refuse(.unsupported, "blk.0.attn_q.bias") {
            $0.add("blk.0.attn_q.bias", .f32, shape: [64], [Float](repeating: 0, count: 64))
        }
        try refuse(.malformed, "name of a tensor") {
            $0.tensors[place($0)].name = String(repeating: "n", count: 64)
        }
        try refuse(.unsupported, name, "Q2_K") { $0.tensors[place($0)].typeID = 10 }
        try refuse(.malformed, name, "4") { $0.tensors[place($0)].typeID = 4 }
        try refuse(.mismatch, name, "[32, 128]") { $0.tensors[place($0)].shape = [32, 128] }
        try refuse(.malformed, name) { $0.tensors[place($0)].shape = [64, 64, 1, 1, 1] }
        try refuse(.malformed, name) { $0.tensors[place($0)].shape = [] }
        for shape: [UInt64] in [
            [1 << 32, 1 << 32], [1 << 62, 4], [4, (1 << 62) + 1], [.max, .max], [0, 64],
            [1 << 20, 1 << 20], [1 << 63],
        ] {
            try refuse(.malformed, name) { $0.tensors[place($0)].shape = shape }
        }
        for offset: UInt64 in [.max, .max - 31, 1 << 40, 33] {
            try refuse(.malformed, name) { $0.tensors[place($0)].offset = offset }
        }
        try refuse(.malformed, "overlap") { $0.tensors[place($0)].offset = 0 }
    }

    @Test func aRowThatIsNoWholeNumberOfBlocks() throws {
        var writer = good.gguf(.q8_0)
        writer.tensors[0].shape = [16, 48]
        try TestFile.write(writer.bytes(), to: folder("model"))
        expectError(.malformed, "token_embd.weight", "multiple of 32") {
            _ = try ModelFile.open(path: folder("model"))
        }
    }

    @Test func ropeFactors() throws {
        try refuse(.malformed, "rope_freqs.weight") {
            $0.add("rope_freqs.weight", .f32, shape: [4], [1, 1, 1, 1])
        }
        for bad: Float in [.nan, .infinity, 0, -1] {
            try refuse(.numeric, "rope_freqs.weight") {
                $0.add("rope_freqs.weight", .f32, shape: [8], [1, 1, 1, bad, 1, 1, 1, 1])
            }
        }
    }

    @Test func wrongKindsOfFiles() throws {
        expectError(.notFound) { _ = try ModelFile.open(path: folder("absent")) }
        try TestFile.write("hello", to: folder("text"))
        expectError(.malformed, "GGUF") { _ = try ModelFile.open(path: folder("text")) }
        try TestFile.write([], to: folder("empty"))
        expectError(.malformed, "GGUF") { _ = try ModelFile.open(path: folder("empty")) }
        expectError(.inputOutput) { _ = try ModelFile.open(path: "/dev/null") }
        try #require(mkfifo(folder("pipe"), 0o600) == 0)
        expectError(.inputOutput) { _ = try ModelFile.open(path: folder("pipe")) }
    }
}
