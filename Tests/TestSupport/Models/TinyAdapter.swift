import Basics
import ModelFiles

/// A LoRA adapter with random weights for a `TinyLlama`, to be written as PEFT does.
public struct TinyAdapter: Sendable {
    /// `adapter_config.json`.
    public var config: JSONObject
    /// The tensors of `adapter_model.safetensors`.
    public var tensors: SafetensorsWriter

    /// - Parameter targets: ends of module names, such as `q_proj`.
    /// - Parameter hasZeroB: as an adapter that was never trained.
    /// - Parameter type: F32, F16 or BF16.
    public init(
        for model: TinyLlama, rank: Int = 4, alpha: Double = 8,
        targets: [String] = ["q_proj", "v_proj"], hasZeroB: Bool = false,
        _ type: TensorType = .f32, seed: UInt64 = 7
    ) {
        config = JSONObject()
        config["base_model_name_or_path"] = "tiny"
        config["bias"] = "none"
        config["fan_in_fan_out"] = false
        config["init_lora_weights"] = true
        config["lora_alpha"] = .number(alpha)
        config["lora_dropout"] = .number(0)
        config["modules_to_save"] = .null
        config["peft_type"] = "LORA"
        config["r"] = .integer(rank)
        config["rank_pattern"] = [:]
        config["alpha_pattern"] = [:]
        config["target_modules"] = .array(targets.map(JSON.string))
        config["task_type"] = "CAUSAL_LM"
        config["use_dora"] = false
        config["use_rslora"] = false
        tensors = SafetensorsWriter()
        let configuration = model.configuration
        let matrices =
            [.output] + (0..<configuration.layerCount).flatMap(LlamaTensor.layer)
        for matrix in matrices where targets.contains(where: { matrix.hfModule.hasSuffix($0) }) {
            let shape = matrix.shape(in: configuration)
            let (a, b) = (Self.name(matrix, "A"), Self.name(matrix, "B"))
            tensors.add(
                a, type, shape: [rank, shape[1]], TinyLlama.random(seed, a, rank * shape[1]))
            let values = TinyLlama.random(seed, b, shape[0] * rank)
            tensors.add(
                b, type, shape: [shape[0], rank], hasZeroB ? values.map { _ in 0 } : values)
        }
    }

    /// The name of the half `half` ("A" or "B") of the pair for `matrix`.
    public static func name(_ matrix: LlamaTensor, _ half: String) -> String {
        "base_model.model.\(matrix.hfModule).lora_\(half).weight"
    }

    public func write(to path: String) throws {
        try TestFile.makeFolder(path)
        try TestFile.write(.object(config), to: path + "/adapter_config.json")
        try TestFile.write(tensors.bytes(), to: path + "/adapter_model.safetensors")
    }
}
