import Basics
import CKernels
import Inference
import ModelFiles
import TestSupport
import Testing

/// Weights of F16 and F32 that BF16 has are kept as BF16, with the results of a file in BF16.
struct NarrowedWeightsTests {
    private let folder: TemporaryFolder
    private let workers: Workers
    private let model = TinyLlama(hiddenSize: 256, intermediateSize: 512, seed: 9)

    init() throws {
        folder = try TemporaryFolder()
        workers = try Workers(count: 2)
    }

    /// The model with values that BF16 and F16 have, in `type`.
    private func weights(_ type: TensorType) throws -> SafetensorsWriter {
        var weights = model.safetensors(.bf16)
        for index in weights.tensors.indices {
            let halves = weights.tensors[index].data
            let values = stride(from: 0, to: halves.count, by: 2).map { place in
                let high = UInt32(halves[place]) | UInt32(halves[place + 1]) << 8
                return Float(Float16(Float(bitPattern: high << 16)))
            }
            weights.tensors[index].dtype = type.rawValue
            weights.tensors[index].data = TensorEncoder.encode(values, as: type)
        }
        return weights
    }

    private func engine(_ weights: SafetensorsWriter) throws -> Engine {
        try model.writeFolder(to: folder("model"), .bf16)
        try TestFile.write(weights.bytes(), to: folder("model") + "/model.safetensors")
        return try Engine(ModelFile.open(path: folder("model")), workers: workers)
    }

    private func logits(_ engine: Engine, _ numerics: Numerics = .exact) throws -> [UInt32] {
        let timeline = Timeline(engine, numerics: numerics)
        try Stepper(engine, workers: workers).sync([(timeline, [1, 20, 300, 7])])
        return timeline.logits.map(\.bitPattern)
    }

    @Test(arguments: [TensorType.f16, .f32], Numerics.Arithmetic.allCases)
    func resultsAreThoseOfBF16(_ type: TensorType, _ arithmetic: Numerics.Arithmetic) throws {
        let numerics = Numerics(arithmetic)
        let expected = try engine(weights(.bf16))
        let found = try engine(weights(type))
        #expect(found.ownByteCount == expected.ownByteCount)
        #expect(try logits(found, numerics) == logits(expected, numerics))
    }

    /// One weight that BF16 lacks leaves its matrix as it is, and only that.
    @Test(arguments: [TensorType.f16, .f32])
    func oneWeightMoreKeepsItsMatrixWhole(_ type: TensorType) throws {
        var weights = try weights(type)
        let whole = try engine(weights)
        let index = try #require(
            weights.tensors.firstIndex { $0.name == "model.layers.1.mlp.down_proj.weight" })
        let place = weights.tensors[index].data.count / 2
        weights.tensors[index].data[type == .f16 ? place : place + 1] ^= type == .f16 ? 4 : 0x80
        let found = try engine(weights)
        let bits = type == .f16 ? 16 : 32
        let difference = found.ownByteCount - whole.ownByteCount
        #expect(difference > (bits - 13) * 256 * 512 / 8)
        #expect(difference < (bits - 11) * 256 * 512 / 8)
        #expect(try logits(found) != logits(whole))
        let folder = try TemporaryFolder()
        let kept = PackedFolder(path: folder("kept"), minimumByteCount: 0)
        let file = try ModelFile.open(path: self.folder("model"))
        try Engine(file, workers: workers, keptIn: kept).waitUntilKept()
        let mapped = try Engine(file, workers: workers, keptIn: kept)
        #expect(mapped.keptPath == nil && mapped.ownByteCount == found.ownByteCount)
        #expect(try logits(mapped) == logits(found))
    }

    @Test func everyHalfIsNarrowedOrRefused() {
        for half in UInt16.min...UInt16.max {
            let value = Float(Float16(bitPattern: half))
            let hasAll = value.isFinite && value.bitPattern & 0xFFFF == 0
            let row = [UInt8(half & 0xFF), UInt8(half >> 8)]
            var narrow: [UInt8] = [0, 0]
            let result = Int(tk_narrow_row(TK_F16, row, 1, &narrow))
            #expect(result == (hasAll ? TK_PACKED : TK_INCOMPRESSIBLE))
            let bits = UInt32(narrow[0]) << 16 | UInt32(narrow[1]) << 24
            if hasAll { #expect(bits == value.bitPattern) }
        }
    }
}
