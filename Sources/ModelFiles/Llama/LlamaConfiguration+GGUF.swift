import Basics

extension LlamaConfiguration {
    /// The description in a GGUF file's metadata, of a file with these tensors.
    static func gguf(_ metadata: GGUFMetadata, _ tensors: [UTF8Key: Tensor]) throws(TandemError)
        -> LlamaConfiguration
    {
        let fields = FieldReader(metadata)
        try checkArchitecture(fields)
        let heads = try fields.integer("llama.attention.head_count", in: LlamaLimits.heads)
        let keyValueHeads = try fields.integer(
            "llama.attention.head_count_kv", in: LlamaLimits.heads, default: heads)
        let hidden = try fields.integer("llama.embedding_length", in: LlamaLimits.width)
        let headDimension = try headDimension(fields, hidden: hidden, heads: heads)
        let configuration = LlamaConfiguration(
            vocabularySize: try vocabularySize(fields, metadata, tensors),
            hiddenSize: hidden,
            intermediateSize: try fields.integer(
                "llama.feed_forward_length", in: LlamaLimits.width),
            layerCount: try fields.integer("llama.block_count", in: LlamaLimits.layers),
            headCount: heads,
            keyValueHeadCount: keyValueHeads,
            headDimension: headDimension,
            rmsNormEpsilon: try fields.positiveFloat("llama.attention.layer_norm_rms_epsilon"),
            ropeTheta: try fields.positiveFloat("llama.rope.freq_base", default: 10000),
            ropeScaling: try ropeScaling(fields, tensors, headDimension: headDimension),
            contextLength: try fields.integer("llama.context_length", in: LlamaLimits.context),
            tiedEmbeddings: tensors[UTF8Key(LlamaTensor.output.ggufName)] == nil,
            rowsArePairInterleaved: true)
        try configuration.checkHeads(
            key: "llama.attention.head_count_kv", file: metadata.path)
        return configuration
    }

    private static func checkArchitecture(_ fields: FieldReader) throws(TandemError) {
        guard let architecture = try fields.string("general.architecture") else {
            throw fields.missing("general.architecture")
        }
        guard UTF8Key(architecture) == UTF8Key("llama") else {
            throw fields.unsupported(
                "general.architecture", "\"\(architecture.prefix(40))\"",
                remedy: "Tandem runs the architecture \"llama\"")
        }
        guard try fields.integer("split.count", in: 0...65_535, default: 0) <= 1 else {
            throw fields.unsupported(
                "split.count", "greater than 1",
                remedy: "join the parts with llama-gguf-split --merge")
        }
        guard try fields.integer("llama.expert_count", in: 0...65_535, default: 0) == 0 else {
            throw fields.unsupported("llama.expert_count", "greater than 0")
        }
        guard try fields.bool("llama.attention.causal", default: true) else {
            throw fields.unsupported("llama.attention.causal", "false")
        }
        let context = try fields.integer("llama.context_length", in: LlamaLimits.context)
        let window = try fields.integer(
            "llama.attention.sliding_window", in: 0...(.max), default: 0)
        guard window == 0 || window >= context else {
            throw fields.unsupported("llama.attention.sliding_window", "\(window)")
        }
    }

    /// The width of a head: `key_length` where it is given, else hidden ÷ heads. Values must be as
    /// wide as keys, and the rotary embedding must turn all of them.
    private static func headDimension(_ fields: FieldReader, hidden: Int, heads: Int)
        throws(TandemError) -> Int
    {
        if !fields.has("llama.attention.key_length"), hidden % heads != 0 {
            throw TandemError(
                .malformed,
                "llama.attention.head_count (\(heads)) does not divide llama.embedding_length "
                    + "(\(hidden))",
                file: fields.file)
        }
        let dimension = try fields.integer(
            "llama.attention.key_length", in: LlamaLimits.headDimension, default: hidden / heads)
        for key in ["llama.attention.value_length", "llama.rope.dimension_count"] {
            let other = try fields.integer(key, in: 0...(.max), default: dimension)
            guard other == dimension else {
                throw fields.unsupported(key, "\(other) where a head has \(dimension) dimensions")
            }
        }
        return dimension
    }

    /// The rows of the embedding; the key and the vocabulary must agree with them.
    private static func vocabularySize(
        _ fields: FieldReader, _ metadata: GGUFMetadata, _ tensors: [UTF8Key: Tensor]
    ) throws(TandemError) -> Int {
        let name = LlamaTensor.tokenEmbedding.ggufName
        guard let embedding = tensors[UTF8Key(name)] else {
            throw TandemError(.malformed, "the tensor \(name) is missing", file: fields.file)
        }
        guard embedding.shape.count == 2, LlamaLimits.vocabulary.contains(embedding.shape[0]) else {
            throw TandemError(
                .malformed, "the tensor \(name) has the shape \(embedding.shape)", file: fields.file
            )
        }
        let rows = embedding.shape[0]
        let size = try fields.integer(
            "llama.vocab_size", in: LlamaLimits.vocabulary, default: rows)
        guard size == rows else {
            throw TandemError(
                .mismatch, "llama.vocab_size is \(size), but \(name) has \(rows) rows",
                file: fields.file)
        }
        if let tokens = metadata["tokenizer.ggml.tokens"]?.array, tokens.count > rows {
            throw TandemError(
                .mismatch,
                "tokenizer.ggml.tokens has \(tokens.count) tokens, but \(name) has \(rows) rows",
                file: fields.file)
        }
        return rows
    }

    private static func ropeScaling(
        _ fields: FieldReader, _ tensors: [UTF8Key: Tensor], headDimension: Int
    ) throws(TandemError) -> RopeScaling {
        let type = try fields.string("llama.rope.scaling.type") ?? ""
        var scaling = RopeScaling.none
        switch type {
        case "", "none":
            if fields.has("llama.rope.scale_linear") {
                scaling = .linear(factor: try fields.positiveFloat("llama.rope.scale_linear"))
            }
        case "linear":
            scaling = .linear(factor: try fields.positiveFloat("llama.rope.scaling.factor"))
        default: throw fields.unsupported("llama.rope.scaling.type", "\"\(type.prefix(40))\"")
        }
        if scaling == .linear(factor: 1) { scaling = .none }
        guard let tensor = tensors[UTF8Key("rope_freqs.weight")] else { return scaling }
        guard scaling == .none else {
            throw fields.unsupported(
                "llama.rope.scaling.type", "\"linear\" together with rope_freqs.weight")
        }
        guard tensor.type == .f32, tensor.shape == [headDimension / 2] else {
            throw TandemError(
                .malformed,
                "rope_freqs.weight is \(tensor.type.rawValue) \(tensor.shape); F32 "
                    + "[\(headDimension / 2)] is expected",
                file: fields.file)
        }
        let factors = tensor.dequantized()
        guard factors.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            throw TandemError(
                .numeric, "rope_freqs.weight has a value that is not finite and positive",
                file: fields.file)
        }
        return .factors(factors)
    }

    /// The relations between numbers that are each in their range.
    /// - Parameter key: what the format calls the number of key-value heads.
    func checkHeads(key: String, file: String) throws(TandemError) {
        guard headCount % keyValueHeadCount == 0 else {
            throw TandemError(
                .malformed, "\(key) (\(keyValueHeadCount)) does not divide the \(headCount) heads",
                file: file)
        }
        guard LlamaLimits.headDimension.contains(headDimension), headDimension % 2 == 0 else {
            throw TandemError(
                .malformed,
                "a head has \(headDimension) dimensions; an even number up to "
                    + "\(LlamaLimits.headDimension.upperBound) is possible",
                file: file)
        }
    }
}
