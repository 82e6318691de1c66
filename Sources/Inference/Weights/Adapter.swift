import Basics
import ModelFiles

/// A LoRA adapter, ready to be added to the rows of the variants that use it.
///
/// For each matrix W it holds A [rank, inputs] and B [outputs, rank]; y += scaling × B(Ax), with W
/// unchanged. Hu et al., "LoRA", 2021.
public final class Adapter: Sendable {
    /// B of one matrix, and where its A's products start in the stacked A.
    struct Projection: Sendable {
        let b: PackedMatrix
        let firstRank: Int
        let scaling: Float
    }

    /// The adapted matrices of a layer that read the same input. Their A matrices are one.
    struct Group: Sendable {
        var a: FoldedMatrix
        /// In the order of the group's matrices; nil where a matrix is not adapted.
        var projections: [Projection?]
    }

    /// Inputs of a layer that adapters read.
    enum Input: Int, CaseIterable, Sendable {
        case attention, attentionOutput, feedForward, feedForwardOutput

        /// The matrices that read this input in layer `layer`.
        func tensors(_ layer: Int) -> [LlamaTensor] {
            switch self {
            case .attention: [.query(layer), .key(layer), .value(layer)]
            case .attentionOutput: [.attentionOutput(layer)]
            case .feedForward: [.gate(layer), .up(layer)]
            case .feedForwardOutput: [.down(layer)]
            }
        }
    }

    /// The folder that it was read from.
    let path: String
    /// [layer][input]; nil where nothing is adapted.
    let groups: [[Group?]]
    let largestPaddedRank: Int
    private let stored: [StoredMatrix]

    /// Bytes of packed adapter weights.
    public var byteCount: Int { stored.reduce(0) { $0 + $1.region.range.count } }

    /// Packs an adapter for `engine`.
    /// - Throws: `mismatch` when it does not fit the engine's configuration, naming the tensor, and
    ///   when it changes nothing;
    ///   `unsupported` when it adapts the output matrix.
    public init(_ file: AdapterFile, for engine: Engine, workers: Workers) throws(TandemError) {
        path = file.path
        let pairs = try file.matrices(for: engine.configuration)
        if let pair = pairs[.output] {
            throw TandemError(
                .unsupported, "\(pair.a.name) adapts the output matrix, which the engine cannot",
                file: file.path, remedy: "train without lm_head among the target modules")
        }
        guard pairs.values.contains(where: { $0.a.isNonZero && $0.b.isNonZero }) else {
            throw TandemError(
                .mismatch, "the adapter changes nothing: in every pair A or B is zero",
                file: file.path, remedy: "it was saved before it was trained; give the trained one")
        }
        var matrices: [MatrixPlan] = []
        func add(_ tensors: [Tensor]) -> Int {
            matrices.append(
                MatrixPlan(
                    tensors: tensors, order: .asStored, quantization: nil,
                    isSplit: tensors[0].type == .f32))
            return matrices.count - 1
        }
        struct Plan {
            var a: Range<Int>
            var b: [(number: Int, firstRank: Int, scaling: Float)?]
        }
        var plans: [[Plan?]] = []
        for layer in 0..<engine.configuration.layerCount {
            plans.append(
                Input.allCases.map { input in
                    let adapted = input.tensors(layer).map { pairs[$0] }
                    let present = adapted.compactMap { $0 }
                    if present.isEmpty { return nil }
                    let a = matrices.count
                    matrices += FoldedMatrix.plans(present.map(\.a))
                    let end = matrices.count
                    var firstRank = 0
                    let b = adapted.map { pair -> (number: Int, firstRank: Int, scaling: Float)? in
                        guard let pair else { return nil }
                        defer { firstRank += pair.rank }
                        return (add([pair.b]), firstRank, pair.scaling)
                    }
                    return Plan(a: a..<end, b: b)
                })
        }
        let stored = try Packer.pack(matrices, workers)
        self.stored = stored
        groups = plans.map { layer in
            layer.map { plan in
                plan.map { plan in
                    Group(
                        a: FoldedMatrix(
                            Array(matrices[plan.a]), stored[plan.a].map(\.matrix)),
                        projections: plan.b.map { b in
                            b.map {
                                Projection(
                                    b: stored[$0.number].matrix, firstRank: $0.firstRank,
                                    scaling: $0.scaling)
                            }
                        })
                }
            }
        }
        largestPaddedRank =
            groups.joined().compactMap { $0?.a.paddedRows }.max() ?? 0
    }
}

extension Tensor {
    /// Whether a value is not zero, of either sign.
    fileprivate var isNonZero: Bool {
        withExtendedLifetime(owner) { bytes.contains { $0 & 0x7F != 0 } }
    }
}
