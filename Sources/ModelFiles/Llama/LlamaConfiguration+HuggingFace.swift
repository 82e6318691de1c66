import Basics

extension LlamaConfiguration {
    /// The description in `config.json` of a Llama, or of a Mistral, which is one but for a window of
    /// the last tokens that its layers attend to. That changes nothing up to the window's length,
    /// which is therefore the longest context.
    ///
    /// Source: transformers' `LlamaConfig` and `MistralConfig`.
    static func huggingFace(_ object: JSONObject, file: String) throws(TandemError)
        -> LlamaConfiguration
    {
        let fields = FieldReader(object, file: file)
        let isMistral = try checkIsPlainLlama(fields)
        let heads = try fields.integer("num_attention_heads", in: LlamaLimits.heads)
        let hidden = try fields.integer("hidden_size", in: LlamaLimits.width)
        if !fields.has("head_dim"), hidden % heads != 0 {
            throw TandemError(
                .malformed,
                "num_attention_heads (\(heads)) does not divide hidden_size (\(hidden))", file: file
            )
        }
        let rope = try ropeFields(fields)
        let context = try fields.integer(
            "max_position_embeddings", in: LlamaLimits.context, default: 2048)
        var window = context
        if isMistral, object["sliding_window"] != .null {
            window = try fields.integer(
                "sliding_window", in: LlamaLimits.context, default: 4096)
        }
        let configuration = LlamaConfiguration(
            vocabularySize: try fields.integer("vocab_size", in: LlamaLimits.vocabulary),
            hiddenSize: hidden,
            intermediateSize: try fields.integer("intermediate_size", in: LlamaLimits.width),
            layerCount: try fields.integer("num_hidden_layers", in: LlamaLimits.layers),
            headCount: heads,
            keyValueHeadCount: try fields.integer(
                "num_key_value_heads", in: LlamaLimits.heads, default: heads),
            headDimension: try fields.integer(
                "head_dim", in: LlamaLimits.headDimension, default: hidden / heads),
            rmsNormEpsilon: try fields.positiveFloat("rms_norm_eps", default: 1e-6),
            ropeTheta: try theta(fields, rope),
            ropeScaling: try rope.map(ropeScaling) ?? .none,
            contextLength: min(context, window),
            tiedEmbeddings: try fields.bool("tie_word_embeddings", default: false),
            rowsArePairInterleaved: false)
        try configuration.checkHeads(key: "num_key_value_heads", file: file)
        return configuration
    }

    /// - Returns: whether it is a Mistral.
    private static func checkIsPlainLlama(_ fields: FieldReader) throws(TandemError) -> Bool {
        guard let type = try fields.string("model_type") else { throw fields.missing("model_type") }
        let isMistral = UTF8Key(type) == UTF8Key("mistral")
        guard isMistral || UTF8Key(type) == UTF8Key("llama") else {
            throw fields.unsupported(
                "model_type", "\"\(type.prefix(40))\"",
                remedy: "Tandem runs the architectures \"llama\" and \"mistral\"")
        }
        for key in ["attention_bias", "mlp_bias"] where try fields.bool(key, default: false) {
            throw fields.unsupported(key, "true")
        }
        let activation = try fields.string("hidden_act") ?? "silu"
        guard ["silu", "swish"].contains(activation) else {
            throw fields.unsupported("hidden_act", "\"\(activation.prefix(40))\"")
        }
        if fields.has("quantization_config") {
            throw fields.unsupported(
                "quantization_config", "set",
                remedy: "take the model with F32, F16 or BF16 weights, or a GGUF file of it")
        }
        if !isMistral, fields.has("sliding_window") {
            throw fields.unsupported("sliding_window", "set")
        }
        if let factor = fields.value("partial_rotary_factor"), factor.double != 1 {
            throw fields.unsupported("partial_rotary_factor", "other than 1")
        }
        return isMistral
    }

    /// The fields about rotary embedding: `rope_parameters` of newer files, `rope_scaling` of older
    /// ones.
    private static func ropeFields(_ fields: FieldReader) throws(TandemError) -> FieldReader? {
        for key in ["rope_parameters", "rope_scaling"] {
            guard let value = fields.value(key) else { continue }
            guard let object = value.object else { throw fields.wrong(key, "an object", value) }
            return FieldReader(object, file: fields.file, prefix: key + ".")
        }
        return nil
    }

    private static func theta(_ fields: FieldReader, _ rope: FieldReader?) throws(TandemError)
        -> Float
    {
        if let rope, rope.has("rope_theta") { return try rope.positiveFloat("rope_theta") }
        return try fields.positiveFloat("rope_theta", default: 10000)
    }

    private static func ropeScaling(_ rope: FieldReader) throws(TandemError) -> RopeScaling {
        if let factor = rope.value("partial_rotary_factor"), factor.double != 1 {
            throw rope.unsupported("partial_rotary_factor", "other than 1")
        }
        let key = rope.has("rope_type") ? "rope_type" : "type"
        switch try rope.string(key) ?? "default" {
        case "default": return .none
        case "linear":
            let factor = try rope.positiveFloat("factor")
            return factor == 1 ? .none : .linear(factor: factor)
        case "llama3":
            let low = try rope.positiveFloat("low_freq_factor")
            let high = try rope.positiveFloat("high_freq_factor")
            guard low < high else {
                throw TandemError(
                    .malformed,
                    "high_freq_factor (\(high)) must be greater than low_freq_factor (\(low))",
                    file: rope.file)
            }
            return .llama3(
                factor: try rope.positiveFloat("factor"), lowFrequencyFactor: low,
                highFrequencyFactor: high,
                originalContextLength: try rope.integer(
                    "original_max_position_embeddings", in: LlamaLimits.context))
        case let type: throw rope.unsupported(key, "\"\(type.prefix(40))\"")
        }
    }
}
