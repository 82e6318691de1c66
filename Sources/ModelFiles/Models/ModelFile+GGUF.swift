import Basics

extension ModelFile {
    /// The model in a GGUF file.
    static func gguf(_ file: GGUFFile, path: String) throws(TandemError) -> ModelFile {
        var byName: [UTF8Key: Tensor] = [:]
        for tensor in file.tensors { byName[UTF8Key(tensor.name)] = tensor }
        let configuration = try LlamaConfiguration.gguf(file.metadata, byName)
        var tensors: [LlamaTensor: Tensor] = [:]
        for which in LlamaTensor.all(of: configuration) {
            tensors[which] = byName.removeValue(forKey: UTF8Key(which.ggufName))
        }
        let unknown = file.tensors.map(\.name).filter {
            byName[UTF8Key($0)] != nil && !isHarmless($0)
        }
        if let first = unknown.first {
            throw unknownTensor(first, count: unknown.count, file: path)
        }
        return try ModelFile(
            path: path, format: .gguf, configuration: configuration,
            vocabulary: .gguf(file.metadata),
            generation: try generationDefaults(file.metadata, configuration), tensors: tensors,
            files: [file.mappedFile])
    }

    static func unknownTensor(_ name: String, count: Int, file: String) -> TandemError {
        TandemError(
            .unsupported,
            "the tensor \(name)" + (count > 1 ? " (and \(count - 1) more)" : "")
                + " has no place in a Llama model",
            file: file)
    }

    /// Precomputed rotary tables, which follow from the configuration.
    private static func isHarmless(_ name: String) -> Bool {
        name.utf8.elementsEqual("rope_freqs.weight".utf8)
            || name.utf8.suffix(21).elementsEqual(".attn_rot_embd.weight".utf8)
    }

    private static func generationDefaults(
        _ metadata: GGUFMetadata, _ configuration: LlamaConfiguration
    ) throws(TandemError) -> GenerationDefaults {
        let fields = FieldReader(metadata)
        func token(_ key: String) throws(TandemError) -> Int32? {
            guard fields.has(key) else { return nil }
            return Int32(try fields.integer(key, in: 0...configuration.vocabularySize - 1))
        }
        var ends: [Int32] = []
        for key in ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"] {
            if let id = try token(key), !ends.contains(id) { ends.append(id) }
        }
        return GenerationDefaults(
            endOfSequence: ends,
            beginningOfSequence: try token("tokenizer.ggml.bos_token_id"))
    }
}
