import Basics
import CKernels
import ModelFiles

/// The weights of a Llama model, ready for the kernels.
final class EngineWeights: Sendable {
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
    let quantization: Quantization?
    /// Where each matrix came from and where it is; see `MatrixSharing`.
    let matrices: [LlamaTensor: (plan: MatrixPlan, stored: StoredMatrix)]
    private let keeping: PackedFileWriter?

    /// Where the packed weights are being kept, when this engine is the first to keep them.
    var keptPath: String? { keeping?.path }
    func waitUntilKept() { keeping?.wait() }

    var regions: [WeightRegion] { matrices.values.map(\.stored.region) }

    /// Takes each matrix from an engine that holds the same, from the folder of packed weights, or
    /// from the model's files.
    /// - Throws: what `ModelFile.tensor` throws; `unsupported` for what cannot be quantised;
    ///   `numeric` for NaN or infinity; `inputOutput`.
    init(
        _ file: ModelFile, workers: Workers, quantization: Quantization?, sharing: [EngineWeights],
        folder: PackedFolder?
    ) throws(TandemError) {
        var norms: [LlamaTensor: [Float]] = [:]
        for name in LlamaTensor.all(of: file.configuration) where !name.isMatrix {
            let tensor = try file.tensor(name)
            let values = try tensor.readValues()
            guard values.allSatisfy(\.isFinite) else { throw tensor.notFinite }
            norms[name] = values
        }
        let names = LlamaTensor.all(of: file.configuration).filter(\.isMatrix)
        var plans: [MatrixPlan] = []
        for name in names { plans.append(try Self.plan(name, file, quantization)) }
        let (stored, keeping) = try Self.load(names, plans, file, workers, sharing, folder)
        matrices = Dictionary(
            uniqueKeysWithValues: zip(names, zip(plans, stored).map { (plan: $0, stored: $1) }))
        self.keeping = keeping
        self.quantization = quantization
        // `ModelFile` has every tensor of its configuration.
        let held = matrices
        func matrix(_ which: LlamaTensor) -> PackedMatrix {
            held[which]?.stored.matrix ?? stored[0].matrix
        }
        func norm(_ which: LlamaTensor) -> [Float] { norms[which] ?? [] }
        layers = (0..<file.configuration.layerCount).map { layer in
            Layer(
                attentionNorm: norm(.attentionNorm(layer)), query: matrix(.query(layer)),
                key: matrix(.key(layer)), value: matrix(.value(layer)),
                attentionOutput: matrix(.attentionOutput(layer)),
                feedForwardNorm: norm(.feedForwardNorm(layer)), gate: matrix(.gate(layer)),
                up: matrix(.up(layer)), down: matrix(.down(layer)))
        }
        embedding = matrix(.tokenEmbedding)
        outputNorm = norm(.outputNorm)
        output = matrix(file.configuration.tiedEmbeddings ? .tokenEmbedding : .output)
        for region in regions { region.addUser() }
    }

    deinit {
        keeping?.cancel()
        for region in regions { region.removeUser() }
    }

    private static func plan(
        _ which: LlamaTensor, _ file: ModelFile, _ quantization: Quantization?
    ) throws(TandemError) -> MatrixPlan {
        let tensor = try file.tensor(which)
        if let quantization { try quantization.check(tensor) }
        let isRotated: Bool =
            switch which {
            case .query, .key: file.configuration.rowsArePairInterleaved
            default: false
            }
        let order: RowOrder =
            isRotated
            ? .pairInterleaved(headDimension: file.configuration.headDimension) : .asStored
        return MatrixPlan(
            tensors: [tensor], order: order, quantization: quantization,
            isCompressed: tensor.type.blockElements == 1 && quantization == nil)
    }

    private static func load(
        _ names: [LlamaTensor], _ plans: [MatrixPlan], _ file: ModelFile, _ workers: Workers,
        _ sharing: [EngineWeights], _ folder: PackedFolder?
    ) throws(TandemError) -> (stored: [StoredMatrix], keeping: PackedFileWriter?) {
        var stored = try MatrixSharing.find(names, plans, among: sharing, workers)
        let missing = plans.indices.filter { stored[$0] == nil }
        if let folder, !missing.isEmpty, let kept = folder.open(file, plans) {
            for index in missing { stored[index] = kept[index] }
            return (stored.compactMap(\.self), nil)
        }
        let packed = try Packer.pack(missing.map { plans[$0] }, workers)
        for (index, matrix) in zip(missing, packed) { stored[index] = matrix }
        let all = stored.compactMap(\.self)
        // What changed while it was read is not what the key says.
        guard let folder, file.isUnchanged else { return (all, nil) }
        let kept = zip(plans, all).map { plan, stored in
            var plan = plan
            plan.isCompressed = stored.matrix.type == TK_BF16_COMPRESSED
            return plan
        }
        return (all, folder.keep(all, of: kept, PackedFileKey(file, kept)))
    }
}

extension LlamaTensor {
    fileprivate var isMatrix: Bool {
        switch self {
        case .attentionNorm, .feedForwardNorm, .outputNorm: false
        default: true
        }
    }
}
