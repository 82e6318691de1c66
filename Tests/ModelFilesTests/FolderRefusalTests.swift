import Basics
import ModelFiles
import TestSupport
import Testing

/// Hugging Face folders that must be refused, and those that must not.
struct FolderRefusalTests {
    let folder: TemporaryFolder
    let model: String
    let good = TinyLlama(layerCount: 1)

    init() throws {
        folder = try TemporaryFolder()
        model = folder("model")
        try good.writeFolder(to: model)
    }

    private func refuse(
        _ code: TandemError.Code, _ words: String,
        at location: SourceLocation = #_sourceLocation, _ change: (inout JSONObject) -> Void
    ) throws {
        var config = good.config
        change(&config)
        try TestFile.write(.object(config), to: model + "/config.json")
        expectError(code, words, at: location) { _ = try ModelFile.open(path: model) }
    }

    private func accept(_ change: (inout JSONObject) -> Void) throws -> LlamaConfiguration {
        var config = good.config
        change(&config)
        try TestFile.write(.object(config), to: model + "/config.json")
        return try ModelFile.open(path: model).configuration
    }

    @Test(arguments: [
        "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
        "vocab_size",
    ])
    func integersOutOfRange(_ key: String) throws {
        for value: JSON in [
            0, -1, 1.5, "4", [4], .integer(1 << 31), .integer(.max), .number(1e300),
        ] {
            try refuse(.malformed, key) { $0[key] = value }
        }
        try refuse(.malformed, key) { $0[key] = nil }
        try refuse(.malformed, key) { $0[key] = .null }
    }

    @Test func numbersThatDoNotFit() throws {
        for value: JSON in [0, -1, "1", .number(1e300), .number(1e-300)] {
            try refuse(.malformed, "rope_theta") { $0["rope_theta"] = value }
            try refuse(.malformed, "rms_norm_eps") { $0["rms_norm_eps"] = value }
        }
        try refuse(.malformed, "num_key_value_heads") { $0["num_key_value_heads"] = 3 }
        try refuse(.malformed, "does not divide hidden_size") {
            $0["num_attention_heads"] = 6
            $0["head_dim"] = nil
        }
        try refuse(.malformed, "15 dimensions") { $0["head_dim"] = 15 }
        try refuse(.mismatch, "model.layers.0.self_attn.q_proj.weight") { $0["head_dim"] = 32 }
        try refuse(.mismatch, "model.embed_tokens.weight") { $0["vocab_size"] = 385 }
        try refuse(.malformed, "eos_token_id") { $0["eos_token_id"] = 384 }
        try refuse(.malformed, "eos_token_id") { $0["eos_token_id"] = [2, -1] }
        try TestFile.write("{\"rope_theta\": 1e400}", to: model + "/config.json")
        expectError(.malformed, "1e400") { _ = try ModelFile.open(path: model) }
    }

    @Test func unsupportedModels() throws {
        try refuse(.unsupported, "model_type") { $0["model_type"] = "gemma" }
        try refuse(.malformed, "model_type") { $0["model_type"] = nil }
        try refuse(.unsupported, "attention_bias") { $0["attention_bias"] = true }
        try refuse(.unsupported, "mlp_bias") { $0["mlp_bias"] = true }
        try refuse(.unsupported, "hidden_act") { $0["hidden_act"] = "gelu" }
        try refuse(.unsupported, "quantization_config") { $0["quantization_config"] = [:] }
        try refuse(.unsupported, "sliding_window") { $0["sliding_window"] = 4096 }
        try refuse(.unsupported, "partial_rotary_factor") { $0["partial_rotary_factor"] = 0.5 }
        for type: JSON in ["yarn", "dynamic", "longrope"] {
            try refuse(.unsupported, "rope_scaling.rope_type") {
                $0["rope_scaling"] = ["rope_type": type, "factor": 2]
            }
            try refuse(.unsupported, "rope_scaling.type") {
                $0["rope_scaling"] = ["type": type, "factor": 2]
            }
        }
        try refuse(.malformed, "rope_scaling.factor") { $0["rope_scaling"] = ["type": "linear"] }
        try refuse(.malformed, "high_freq_factor") {
            $0["rope_scaling"] = [
                "rope_type": "llama3", "factor": 8, "low_freq_factor": 4, "high_freq_factor": 4,
                "original_max_position_embeddings": 64,
            ]
        }
    }

    @Test func defaultsAndOldAndNewNames() throws {
        let plain = try accept {
            for key in ["head_dim", "rms_norm_eps", "rope_theta", "max_position_embeddings"] {
                $0[key] = nil
            }
        }
        #expect(plain.headDimension == 16 && plain.rmsNormEpsilon == 1e-6)
        #expect(plain.ropeTheta == 10000 && plain.contextLength == 2048)
        let new = try accept {
            $0["rope_theta"] = nil
            $0["rope_scaling"] = nil
            $0["rope_parameters"] = ["rope_theta": 500_000.0, "rope_type": "default"]
        }
        #expect(new.ropeTheta == 500_000 && new.ropeScaling == .none)
        let linear = try accept { $0["rope_scaling"] = ["type": "linear", "factor": 2.5] }
        #expect(linear.ropeScaling == .linear(factor: 2.5))
    }

    @Test func generationConfigurationComesFirst() throws {
        try TestFile.write(
            ["eos_token_id": [5, 2, 5]], to: model + "/generation_config.json")
        #expect(try ModelFile.open(path: model).generation.endOfSequence == [5, 2])
        #expect(try ModelFile.open(path: model).generation.beginningOfSequence == 1)
    }

    @Test func otherTensors() throws {
        var writer = good.safetensors()
        writer.add(
            "model.layers.0.self_attn.rotary_emb.inv_freq", .f32, shape: [8],
            .init(repeating: 1, count: 8))
        try TestFile.write(writer.bytes(), to: model + "/model.safetensors")
        _ = try ModelFile.open(path: model)
        var unknown = writer
        unknown.add("model.layers.1.input_layernorm.weight", .f32, shape: [1], [1])
        try TestFile.write(unknown.bytes(), to: model + "/model.safetensors")
        expectError(.unsupported, "model.layers.1.input_layernorm.weight") {
            _ = try ModelFile.open(path: model)
        }
        writer.remove("model.norm.weight")
        try TestFile.write(writer.bytes(), to: model + "/model.safetensors")
        expectError(.malformed, "model.norm.weight", "missing") {
            _ = try ModelFile.open(path: model)
        }
    }

    @Test func tensorsOfOtherTypes() throws {
        var writer = good.safetensors()
        let place = try #require(writer.tensors.firstIndex { $0.name == "model.norm.weight" })
        writer.tensors[place].dtype = "F64"
        writer.tensors[place].data += writer.tensors[place].data
        try TestFile.write(writer.bytes(), to: model + "/model.safetensors")
        expectError(.unsupported, "model.norm.weight", "F64") {
            _ = try ModelFile.open(path: model)
        }
    }

    @Test func tiedOutput() throws {
        let values = good.values(of: .tokenEmbedding)
        let shape = LlamaTensor.output.shape(in: good.configuration)
        var writer = good.safetensors()
        writer.add("lm_head.weight", .f32, shape: shape, values)
        try TestFile.write(writer.bytes(), to: model + "/model.safetensors")
        #expect(try ModelFile.open(path: model).configuration.tiedEmbeddings)
        writer.remove("lm_head.weight")
        writer.add("lm_head.weight", .f32, shape: shape, values.reversed())
        try TestFile.write(writer.bytes(), to: model + "/model.safetensors")
        expectError(.mismatch, "lm_head.weight") { _ = try ModelFile.open(path: model) }
        try good.writeFolder(to: model)
        try refuse(.malformed, "lm_head.weight") { $0["tie_word_embeddings"] = false }
    }

    @Test func missingFiles() throws {
        let empty = try folder.folder("empty")
        expectError(.notFound, "config.json") { _ = try ModelFile.open(path: empty) }
        try TestFile.write(.object(good.config), to: empty + "/config.json")
        expectError(.notFound, "model.safetensors") { _ = try ModelFile.open(path: empty) }
        try TestFile.write([0x80], to: empty + "/pytorch_model.bin")
        expectError(.unsupported, "pytorch_model.bin") { _ = try ModelFile.open(path: empty) }
        try TinyAdapter(for: good).write(to: folder("adapter"))
        expectError(.mismatch, "adapter") { _ = try ModelFile.open(path: folder("adapter")) }
    }

    @Test func shardIndexes() throws {
        let sharded = folder("sharded")
        try good.writeFolder(to: sharded, shardCount: 2)
        _ = try ModelFile.open(path: sharded)
        let index = sharded + "/model.safetensors.index.json"
        let bytes = try TestFile.bytes(of: index)
        let map = try #require(JSON.parse(bytes)["weight_map"]?.object)
        let name = "model.norm.weight"
        func refuseShard(_ shard: JSON, _ code: TandemError.Code, _ words: String) throws {
            var changed = map
            changed[name] = shard
            try TestFile.write(["weight_map": .object(changed)], to: index)
            expectError(code, words) { _ = try ModelFile.open(path: sharded) }
        }
        try refuseShard("../model/model.safetensors", .malformed, "../model")
        try refuseShard(.string(model + "/model.safetensors"), .malformed, "same folder")
        try refuseShard("..", .malformed, "same folder")
        try refuseShard("model.safetensors\u{0}.safetensors", .malformed, "same folder")
        try refuseShard(3, .malformed, name)
        try refuseShard("absent.safetensors", .notFound, "absent.safetensors")
        try refuseShard("model-00002-of-00002.safetensors", .mismatch, name)
        var without = map
        without[name] = nil
        try TestFile.write(["weight_map": .object(without)], to: index)
        expectError(.mismatch, name) { _ = try ModelFile.open(path: sharded) }
        try TestFile.write(["weight_map": []], to: index)
        expectError(.malformed, "weight_map") { _ = try ModelFile.open(path: sharded) }
    }
}
