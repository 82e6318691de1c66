import Basics

/// What `adapter_config.json` says, as PEFT writes it, for an adapter that Tandem can apply.
struct AdapterConfiguration: Sendable {
    let rank: Int
    let alpha: Double
    let usesRankStabilizedScaling: Bool
    let baseModelName: String?
    let targets: AdapterTargets
    private let ranks: ModulePattern<Int>
    private let alphas: ModulePattern<Double>

    private static let rankRange = 1...(1 << 16)

    init(_ object: JSONObject, file: String) throws(TandemError) {
        let fields = FieldReader(object, file: file)
        try Self.checkIsPlainLoRA(fields)
        rank = try fields.integer("r", in: Self.rankRange)
        alpha = try fields.positive("lora_alpha")
        usesRankStabilizedScaling = try fields.bool("use_rslora", default: false)
        baseModelName = try fields.string("base_model_name_or_path")
        targets = try AdapterTargets(fields)
        ranks = try ModulePattern(fields, "rank_pattern") { nested, key throws(TandemError) in
            try nested.integer(key, in: Self.rankRange)
        }
        alphas = try ModulePattern(fields, "alpha_pattern") { nested, key throws(TandemError) in
            try nested.positive(key)
        }
    }

    /// The rank of the pair for the module `name`.
    func rank(of name: String) -> Int { ranks.value(for: name) ?? rank }

    /// What the product of the pair for the module `name` is multiplied with: α / r, or α / √r with
    /// rank-stabilised scaling.
    func scaling(of name: String) -> Float {
        let rank = Double(rank(of: name))
        let alpha = alphas.value(for: name) ?? alpha
        return Float(alpha / (usesRankStabilizedScaling ? rank.squareRoot() : rank))
    }

    /// Refuses what changes the model in ways other than W + scaling · B · A.
    private static func checkIsPlainLoRA(_ fields: FieldReader) throws(TandemError) {
        guard let type = try fields.string("peft_type") else { throw fields.missing("peft_type") }
        guard UTF8Key(type) == UTF8Key("LORA") else {
            throw fields.unsupported("peft_type", "\"\(type.prefix(40))\"")
        }
        for key in ["use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"]
        where try fields.bool(key, default: false) {
            throw fields.unsupported(key, "true")
        }
        let bias = try fields.string("bias") ?? "none"
        guard UTF8Key(bias) == UTF8Key("none") else {
            throw fields.unsupported("bias", "\"\(bias.prefix(40))\"")
        }
        for key in [
            "modules_to_save", "layer_replication", "trainable_token_indices",
            "target_parameters", "alora_invocation_tokens", "use_bdlora", "arrow_config",
            "kasa_config", "monteclora_config", "velora_config",
        ] {
            guard let value = fields.value(key), !isEmpty(value) else { continue }
            throw fields.unsupported(key, "set")
        }
        if let task = try fields.string("task_type"), UTF8Key(task) != UTF8Key("CAUSAL_LM") {
            throw fields.unsupported("task_type", "\"\(task.prefix(40))\"")
        }
        // Other ways of initialising subtract something from the base's weights.
        let plain: [JSON] = [true, false, "gaussian", "orthogonal", "eva"]
        if let value = fields.value("init_lora_weights"), !plain.contains(value) {
            throw fields.unsupported(
                "init_lora_weights", value.string.map { "\"\($0.prefix(40))\"" } ?? value.kind,
                remedy: "convert the adapter with PEFT's path_initial_model_for_weight_conversion")
        }
    }

    private static func isEmpty(_ value: JSON) -> Bool {
        switch value {
        case .array(let elements): elements.isEmpty
        case .object(let object): object.count == 0
        case .bool(let value): !value
        default: false
        }
    }
}
