import ModelFiles

extension TinyLlama {
    /// The model as a GGUF file, to be written or to be spoiled first. Matrices have `type`, norms
    /// are F32.
    public func gguf(_ type: TensorType = .f32) -> GGUFWriter {
        var writer = GGUFWriter()
        let configuration = configuration
        func number(_ key: String, _ value: Int) { writer[key] = .uint32(UInt32(value)) }
        writer["general.architecture"] = .string("llama")
        writer["general.name"] = .string("tiny")
        number("llama.block_count", configuration.layerCount)
        number("llama.context_length", configuration.contextLength)
        number("llama.embedding_length", configuration.hiddenSize)
        number("llama.feed_forward_length", configuration.intermediateSize)
        number("llama.attention.head_count", configuration.headCount)
        number("llama.attention.head_count_kv", configuration.keyValueHeadCount)
        number("llama.attention.key_length", configuration.headDimension)
        number("llama.attention.value_length", configuration.headDimension)
        number("llama.rope.dimension_count", configuration.headDimension)
        number("llama.vocab_size", configuration.vocabularySize)
        writer["llama.rope.freq_base"] = .float32(configuration.ropeTheta)
        writer["llama.attention.layer_norm_rms_epsilon"] = .float32(configuration.rmsNormEpsilon)
        TinyVocabulary.add(to: &writer, size: configuration.vocabularySize)
        switch configuration.ropeScaling {
        case .linear(let factor):
            writer["llama.rope.scaling.type"] = .string("linear")
            writer["llama.rope.scaling.factor"] = .float32(factor)
        case .factors(let factors):
            writer.add("rope_freqs.weight", .f32, shape: [factors.count], factors)
        case .none, .llama3: break
        }
        for which in LlamaTensor.all(of: configuration) {
            let shape = which.shape(in: configuration)
            writer.add(
                which.ggufName, shape.count == 1 ? .f32 : type, shape: shape, ggufValues(of: which))
        }
        return writer
    }

    public func writeGGUF(to path: String, _ type: TensorType = .f32) throws {
        try TestFile.write(gguf(type).bytes(), to: path)
    }

    /// The weights of `which`, query and key rows in the order of GGUF.
    private func ggufValues(of which: LlamaTensor) -> [Float] {
        let values = values(of: which)
        switch which {
        case .query, .key:
            return RotaryRows.interleaved(
                values, columns: configuration.hiddenSize,
                headDimension: configuration.headDimension)
        default: return values
        }
    }
}
