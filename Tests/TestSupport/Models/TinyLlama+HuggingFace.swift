import Basics
import ModelFiles

extension TinyLlama {
    /// `config.json`.
    public var config: JSONObject {
        var object = JSONObject()
        object["architectures"] = ["LlamaForCausalLM"]
        object["model_type"] = "llama"
        object["hidden_size"] = .integer(configuration.hiddenSize)
        object["intermediate_size"] = .integer(configuration.intermediateSize)
        object["num_hidden_layers"] = .integer(configuration.layerCount)
        object["num_attention_heads"] = .integer(configuration.headCount)
        object["num_key_value_heads"] = .integer(configuration.keyValueHeadCount)
        object["head_dim"] = .integer(configuration.headDimension)
        object["vocab_size"] = .integer(configuration.vocabularySize)
        object["max_position_embeddings"] = .integer(configuration.contextLength)
        object["rms_norm_eps"] = .number(1e-5)
        object["rope_theta"] = .number(Double(configuration.ropeTheta))
        object["rope_scaling"] = ropeScaling
        object["hidden_act"] = "silu"
        object["attention_bias"] = false
        object["mlp_bias"] = false
        object["tie_word_embeddings"] = .bool(configuration.tiedEmbeddings)
        object["bos_token_id"] = 1
        object["eos_token_id"] = 2
        return object
    }

    private var ropeScaling: JSON {
        switch configuration.ropeScaling {
        case .none, .factors: .null
        case .linear(let factor): ["type": "linear", "factor": .number(Double(factor))]
        case .llama3(let factor, let low, let high, let original):
            [
                "rope_type": "llama3", "factor": .number(Double(factor)),
                "low_freq_factor": .number(Double(low)),
                "high_freq_factor": .number(Double(high)),
                "original_max_position_embeddings": .integer(original),
            ]
        }
    }

    /// All tensors as one safetensors file.
    public func safetensors(_ type: TensorType = .f32) -> SafetensorsWriter {
        var writer = SafetensorsWriter()
        for which in LlamaTensor.all(of: configuration) {
            writer.add(
                which.hfName, type, shape: which.shape(in: configuration), values(of: which))
        }
        return writer
    }

    /// Writes the model as a Hugging Face folder, with its vocabulary.
    /// - Parameter type: F32, F16 or BF16, of all tensors.
    /// - Parameter shardCount: more than 1: that many files and an index.
    public func writeFolder(to path: String, _ type: TensorType = .f32, shardCount: Int = 1) throws
    {
        try TestFile.makeFolder(path)
        try TestFile.write(.object(config), to: path + "/config.json")
        try TinyVocabulary.write(to: path, size: configuration.vocabularySize)
        let whole = safetensors(type)
        if shardCount == 1 {
            try TestFile.write(whole.bytes(), to: path + "/model.safetensors")
            return
        }
        var shards = [SafetensorsWriter](repeating: SafetensorsWriter(), count: shardCount)
        var map = JSONObject()
        func name(_ shard: Int) -> String {
            func padded(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
            return "model-\(padded(shard + 1))-of-\(padded(shardCount)).safetensors"
        }
        for (index, tensor) in whole.tensors.enumerated() {
            let shard = index * shardCount / whole.tensors.count
            shards[shard].tensors.append(tensor)
            map[tensor.name] = .string(name(shard))
        }
        for (index, shard) in shards.enumerated() {
            try TestFile.write(shard.bytes(), to: path + "/" + name(index))
        }
        try TestFile.write(
            ["metadata": [:], "weight_map": .object(map)],
            to: path + "/model.safetensors.index.json")
    }
}
