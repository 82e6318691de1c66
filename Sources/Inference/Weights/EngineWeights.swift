import Basics
import ModelFiles

/// The weights of a Llama model, ready for the kernels.
struct EngineWeights: Sendable {
    struct Layer: Sendable {
        var attentionNorm: [Float]
        var query, key, value, attentionOutput: PackedMatrix
        var feedForwardNorm: [Float]
        var gate, up, down: PackedMatrix
    }

    let embedding: PackedMatrix
    let layers: [Layer]
    let outputNorm: [Float]
    /// The embedding itself when the model ties them.
    let output: PackedMatrix
    private let memory: WeightMemory

    var byteCount: Int { memory.byteCount }

    /// Reads and packs all tensors.
    /// - Throws: what `ModelFile.tensor` throws; `numeric` for NaN or infinity.
    init(_ file: ModelFile, workers: Workers) throws(TandemError) {
        let configuration = file.configuration
        let rotated: RowOrder =
            configuration.rowsArePairInterleaved
            ? .pairInterleaved(headDimension: configuration.headDimension) : .asStored
        var packer = Packer()
        var numbers: [LlamaTensor: Int] = [:]
        func plan(_ which: LlamaTensor, _ order: RowOrder = .asStored) throws(TandemError) {
            numbers[which] = packer.add([try file.tensor(which)], order: order)
        }
        try plan(.tokenEmbedding)
        for layer in 0..<configuration.layerCount {
            try plan(.query(layer), rotated)
            try plan(.key(layer), rotated)
            try plan(.value(layer))
            try plan(.attentionOutput(layer))
            try plan(.gate(layer))
            try plan(.up(layer))
            try plan(.down(layer))
        }
        if !configuration.tiedEmbeddings { try plan(.output) }
        let (matrices, memory) = try packer.pack(workers)
        func matrix(_ which: LlamaTensor) -> PackedMatrix { matrices[numbers[which] ?? 0] }
        func norm(_ which: LlamaTensor) throws(TandemError) -> [Float] {
            let tensor = try file.tensor(which)
            let values = tensor.dequantized()
            guard values.allSatisfy(\.isFinite) else {
                throw TandemError(
                    .numeric, "the tensor \(tensor.name) has a weight that is NaN or infinite",
                    file: tensor.owner.path, remedy: "the file is damaged or badly converted")
            }
            return values
        }
        var layers: [Layer] = []
        for layer in 0..<configuration.layerCount {
            layers.append(
                Layer(
                    attentionNorm: try norm(.attentionNorm(layer)),
                    query: matrix(.query(layer)), key: matrix(.key(layer)),
                    value: matrix(.value(layer)),
                    attentionOutput: matrix(.attentionOutput(layer)),
                    feedForwardNorm: try norm(.feedForwardNorm(layer)),
                    gate: matrix(.gate(layer)), up: matrix(.up(layer)),
                    down: matrix(.down(layer))))
        }
        self.layers = layers
        self.memory = memory
        embedding = matrix(.tokenEmbedding)
        outputNorm = try norm(.outputNorm)
        output = configuration.tiedEmbeddings ? matrix(.tokenEmbedding) : matrix(.output)
    }
}
