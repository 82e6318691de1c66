import Basics

/// A LoRA adapter in a folder as PEFT writes it: `adapter_config.json` and
/// `adapter_model.safetensors`.
public final class AdapterFile: Sendable {
    /// The path of the folder.
    public let path: String
    /// The rank of the pairs that `rank_pattern` does not name.
    public let rank: Int
    /// The scaling of the pairs that `rank_pattern` and `alpha_pattern` do not name: α / r, or α / √r
    /// with `use_rslora`.
    public let scaling: Float
    /// What the adapter was trained on, as its configuration says.
    public let baseModelName: String?
    /// Size of the weights file.
    public let byteCount: Int
    private let configuration: AdapterConfiguration
    private let weights: SafetensorsFile

    /// - Throws: `notFound`, `inputOutput`; `malformed`; `unsupported`, naming the field that asks
    ///   for something other than plain LoRA.
    public static func open(path: String) throws(TandemError) -> AdapterFile {
        try AdapterFile(path: path)
    }

    private init(path: String) throws(TandemError) {
        let configPath = FilePath.join(path, "adapter_config.json")
        guard FilePath.isFile(configPath) else {
            throw TandemError(
                .notFound,
                FilePath.isFolder(path)
                    ? "there is no adapter_config.json in the folder"
                    : "no such folder",
                file: path, remedy: "give the folder that PEFT's save_pretrained wrote")
        }
        configuration = try AdapterConfiguration(
            HuggingFaceFolder.object(at: configPath), file: configPath)
        let weightsPath = FilePath.join(path, "adapter_model.safetensors")
        guard FilePath.isFile(weightsPath) else {
            if FilePath.isFile(FilePath.join(path, "adapter_model.bin")) {
                throw TandemError(
                    .unsupported, "the weights are in adapter_model.bin, a pickle file", file: path,
                    remedy: "save the adapter again with safe_serialization=True")
            }
            throw TandemError(
                .notFound, "there is no adapter_model.safetensors in the folder", file: path)
        }
        weights = try SafetensorsFile(path: weightsPath)
        self.path = path
        rank = configuration.rank
        scaling = configuration.scaling(of: "")
        baseModelName = configuration.baseModelName
        byteCount = weights.mappedFile.bytes.count
    }

    /// Which file the weights are in, and its version.
    public var identity: FileIdentity { weights.mappedFile.identity }

    /// The SHA-256 of the weights file, in hexadecimal.
    public func sha256() -> String {
        SHA256.hex(joining: [weights.mappedFile])
    }

    /// The pairs, by the matrix that each changes, for a base of `configuration`.
    ///
    /// Every tensor of the file is used, all have one type, every A has its B, the shapes are
    /// [rank, inputs] and [outputs, rank], and the matrices are those that the adapter's
    /// configuration names.
    /// - Throws: `mismatch`, naming the tensor or field that does not fit; `unsupported`, naming a
    ///   tensor that is not of a plain LoRA pair.
    public func matrices(for base: LlamaConfiguration) throws(TandemError)
        -> [LlamaTensor: LoRAPair]
    {
        let modules = AdapterModules(base)
        var halves: [LlamaTensor: (a: Tensor?, b: Tensor?)] = [:]
        var order: [LlamaTensor] = []
        for entry in weights.entries {
            let (matrix, half) = try modules.place(of: entry.name, file: weights.mappedFile.path)
            let tensor = try weights.tensor(named: entry.name)
            let type = weights.entries[0].dtype
            guard entry.dtype == type else {
                throw TandemError(
                    .unsupported,
                    "\(entry.name) is \(entry.dtype) where \(weights.entries[0].name) is \(type)",
                    file: weights.mappedFile.path,
                    remedy: "save the adapter again with one type for all tensors")
            }
            if halves[matrix] == nil { order.append(matrix) }
            var pair = halves[matrix] ?? (nil, nil)
            guard (half == .a ? pair.a : pair.b) == nil else {
                throw mismatch("\(entry.name) is there under two names")
            }
            if half == .a { pair.a = tensor } else { pair.b = tensor }
            halves[matrix] = pair
        }
        guard !halves.isEmpty else { throw mismatch("the adapter has no tensors") }
        try checkTargets(halves.keys, base)
        var pairs: [LlamaTensor: LoRAPair] = [:]
        for matrix in order {
            pairs[matrix] = try pair(matrix, halves[matrix] ?? (nil, nil), base)
        }
        return pairs
    }

    private func pair(
        _ matrix: LlamaTensor, _ half: (a: Tensor?, b: Tensor?), _ base: LlamaConfiguration
    ) throws(TandemError) -> LoRAPair {
        guard let a = half.a, let b = half.b else {
            let there = half.a ?? half.b
            throw mismatch(
                "\(there?.name ?? "") has no partner: lora_\(half.a == nil ? "A" : "B") of "
                    + "\(matrix.hfModule) is missing")
        }
        let rank = configuration.rank(of: matrix.hfModule)
        let shape = matrix.shape(in: base)
        for (tensor, expected) in [(a, [rank, shape[1]]), (b, [shape[0], rank])]
        where tensor.shape != expected {
            throw mismatch(
                "\(tensor.name) has the shape \(tensor.shape); \(expected) is expected for rank "
                    + "\(rank) and this base")
        }
        return LoRAPair(
            a: a, b: b, scaling: configuration.scaling(of: matrix.hfModule), rank: rank)
    }

    private func checkTargets(_ found: some Collection<LlamaTensor>, _ base: LlamaConfiguration)
        throws(TandemError)
    {
        guard let targets = try configuration.targets.matrices(in: base) else { return }
        if let missing = targets.subtracting(found).map(\.hfModule).min() {
            throw mismatch("the configuration targets \(missing), but the file has no pair for it")
        }
        if let extra = Set(found).subtracting(targets).map(\.hfModule).min() {
            throw mismatch("the file has a pair for \(extra), which the configuration excludes")
        }
    }

    private func mismatch(_ message: String) -> TandemError {
        TandemError(
            .mismatch, message, file: weights.mappedFile.path,
            remedy: "the adapter is damaged or belongs to another base"
                + (baseModelName.map { "; it was made for \($0)" } ?? ""))
    }
}
