import Basics

/// A folder as Hugging Face's tools write it: `config.json` and safetensors files.
struct HuggingFaceFolder {
    let path: String

    /// Configurations are small; a larger file is none.
    private static let maximumConfigBytes = 64 << 20

    init(_ path: String) { self.path = path }

    func model() throws(TandemError) -> ModelFile {
        let configPath = FilePath.join(path, "config.json")
        guard FilePath.isFile(configPath) else { throw missingConfig() }
        let config = try Self.object(at: configPath)
        let configuration = try LlamaConfiguration.huggingFace(config, file: configPath)
        let weights = try weightFiles()
        let tensors = try assign(weights, configuration)
        return try ModelFile(
            path: path, format: .huggingFace, configuration: configuration,
            vocabulary: .huggingFace(folder: path),
            generation: try generationDefaults(config, configPath, configuration),
            tensors: tensors, files: weights.files.map(\.mappedFile))
    }

    private func missingConfig() -> TandemError {
        if FilePath.isFile(FilePath.join(path, "adapter_config.json")) {
            return TandemError(
                .mismatch, "this is an adapter, not a model", file: path,
                remedy: "load its base model and give this folder as the adapter")
        }
        let gguf = Folder.names(in: path).first { $0.utf8.suffix(5).elementsEqual(".gguf".utf8) }
        return TandemError(
            .notFound, "there is no config.json in the folder", file: path,
            remedy: gguf.map { "give the file itself: \(FilePath.join(path, $0))" }
                ?? "give a GGUF file or a folder with config.json and safetensors")
    }

    /// The object in a JSON file.
    static func object(at path: String) throws(TandemError) -> JSONObject {
        let mapped = try MappedFile(path: path)
        guard mapped.bytes.count <= maximumConfigBytes else {
            throw TandemError(
                .limit, "\(mapped.bytes.count) bytes are too many for a configuration", file: path)
        }
        let json = try withExtendedLifetime(mapped) { () throws(TandemError) in
            try JSON.parse(mapped.bytes, file: path)
        }
        guard case .object(let object) = json else {
            throw TandemError(.malformed, "not a JSON object", file: path)
        }
        return object
    }

    // MARK: - Weights

    /// The one weights file, or the shards that the index names.
    private func weightFiles() throws(TandemError) -> ShardedTensors {
        let index = FilePath.join(path, "model.safetensors.index.json")
        let single = FilePath.join(path, "model.safetensors")
        if FilePath.isFile(single) { return try ShardedTensors(single: single) }
        if FilePath.isFile(index) { return try ShardedTensors(index: index, folder: path) }
        let names = Folder.names(in: path)
        if let pickle = names.first(where: { $0.utf8.starts(with: "pytorch_model".utf8) }) {
            throw TandemError(
                .unsupported, "the weights are in \(pickle), a pickle file", file: path,
                remedy: "save the model again with safe_serialization=True")
        }
        throw TandemError(
            .notFound, "there is neither model.safetensors nor model.safetensors.index.json",
            file: path, remedy: "fetch the whole model")
    }

    private func assign(_ weights: ShardedTensors, _ configuration: LlamaConfiguration)
        throws(TandemError) -> [LlamaTensor: Tensor]
    {
        var tensors: [LlamaTensor: Tensor] = [:]
        var used: Set<UTF8Key> = []
        for which in LlamaTensor.all(of: configuration) {
            guard let file = weights.file(of: which.hfName) else { continue }
            tensors[which] = try file.tensor(named: which.hfName)
            used.insert(UTF8Key(which.hfName))
        }
        let unknown = weights.names.filter {
            !used.contains(UTF8Key($0)) && !Self.isHarmless($0)
        }
        for name in unknown {
            if configuration.tiedEmbeddings, UTF8Key(name) == UTF8Key(LlamaTensor.output.hfName) {
                try checkTiedCopy(weights, tensors[.tokenEmbedding])
            } else {
                throw ModelFile.unknownTensor(name, count: unknown.count, file: path)
            }
        }
        return tensors
    }

    /// A file may hold the output matrix of a tied model too, but then it must be the embedding.
    private func checkTiedCopy(_ weights: ShardedTensors, _ embedding: Tensor?) throws(TandemError)
    {
        let name = LlamaTensor.output.hfName
        guard let embedding, let copy = try weights.file(of: name)?.tensor(named: name),
            copy.type == embedding.type, copy.shape == embedding.shape,
            copy.bytes.elementsEqual(embedding.bytes)
        else {
            throw TandemError(
                .mismatch,
                "tie_word_embeddings is true, but \(name) differs from model.embed_tokens.weight",
                file: path, remedy: "correct tie_word_embeddings in config.json")
        }
    }

    /// Tables that older checkpoints keep and that follow from the configuration.
    private static func isHarmless(_ name: String) -> Bool {
        name.utf8.suffix(20).elementsEqual(".rotary_emb.inv_freq".utf8)
    }

    // MARK: - Generation

    private func generationDefaults(
        _ config: JSONObject, _ configPath: String, _ configuration: LlamaConfiguration
    ) throws(TandemError) -> GenerationDefaults {
        let generationPath = FilePath.join(path, "generation_config.json")
        var sources = [FieldReader(config, file: configPath)]
        if FilePath.isFile(generationPath) {
            sources.insert(
                FieldReader(try Self.object(at: generationPath), file: generationPath), at: 0)
        }
        func tokens(_ key: String) throws(TandemError) -> [Int32] {
            guard let source = sources.first(where: { $0.has(key) }), let value = source.value(key)
            else { return [] }
            var tokens: [Int32] = []
            for element in value.array ?? [value] {
                guard let id = element.integer, let token = Int32(exactly: id),
                    (0..<configuration.vocabularySize).contains(id)
                else {
                    throw TandemError(
                        .malformed,
                        "\(key) must be an id, or a list of ids, below the vocabulary size "
                            + "\(configuration.vocabularySize)",
                        file: source.file)
                }
                if !tokens.contains(token) { tokens.append(token) }
            }
            return tokens
        }
        return GenerationDefaults(
            endOfSequence: try tokens("eos_token_id"),
            beginningOfSequence: try tokens("bos_token_id").first)
    }
}
