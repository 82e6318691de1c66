import Basics

/// Finds the matrix that a tensor of an adapter belongs to, by its name.
struct AdapterModules {
    enum Half { case a, b }

    private let matrices: [UTF8Key: LlamaTensor]
    private let layerCount: Int

    init(_ base: LlamaConfiguration) {
        var matrices: [UTF8Key: LlamaTensor] = [:]
        for layer in 0..<base.layerCount {
            for matrix in LlamaTensor.layer(layer) where matrix.isLinear {
                matrices[UTF8Key(matrix.hfModule)] = matrix
            }
        }
        matrices[UTF8Key(LlamaTensor.output.hfModule)] = .output
        self.matrices = matrices
        layerCount = base.layerCount
    }

    /// Reads `base_model.model.MODULE.lora_A.weight`, or `….lora_A.default.weight`.
    func place(of name: String, file: String) throws(TandemError) -> (LlamaTensor, Half) {
        let shown = name.prefix(160)
        let prefix = "base_model.model."
        guard name.utf8.starts(with: prefix.utf8) else {
            throw TandemError(
                .unsupported, "the tensor \(shown) does not begin with \(prefix)", file: file)
        }
        var parts = name.utf8.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.popLast()?.elementsEqual("weight".utf8) == true else {
            throw unsupported(shown, file)
        }
        if parts.last?.elementsEqual("default".utf8) == true { parts.removeLast() }
        let half: Half
        switch parts.popLast().map({ String(decoding: $0, as: UTF8.self) }) {
        case "lora_A": half = .a
        case "lora_B": half = .b
        default: throw unsupported(shown, file)
        }
        let module = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
        guard let matrix = matrices[UTF8Key(module)] else {
            throw TandemError(
                .mismatch,
                "the tensor \(shown) is for \(module.prefix(120)), which this base, a Llama of "
                    + "\(layerCount) layers, does not have",
                file: file, remedy: "the adapter belongs to another base")
        }
        return (matrix, half)
    }

    private func unsupported(_ name: Substring, _ file: String) -> TandemError {
        let isCopyOfBase = name.utf8.suffix(18).elementsEqual(".base_layer.weight".utf8)
        return TandemError(
            .unsupported, "the tensor \(name) is not part of a plain LoRA pair (lora_A, lora_B)",
            file: file,
            remedy: isCopyOfBase
                ? "save the adapter again with PEFT's save_embedding_layers=False" : nil)
    }
}
