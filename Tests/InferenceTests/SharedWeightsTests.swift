import Basics
import CKernels
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// Matrices that two models have in identical bytes are held once.
struct SharedWeightsTests {
    private let folder: TemporaryFolder
    private let workers: Workers
    /// Matrices of one layer: what the second model changes.
    private let changed = ["self_attn.q_proj", "mlp.down_proj"]

    init() throws {
        folder = try TemporaryFolder()
        workers = try Workers(count: 2)
        let model = TinyLlama(layerCount: 3, seed: 2)
        try model.writeFolder(to: folder("first"), .bf16)
        try model.writeFolder(to: folder("second"), .bf16)
        var weights = model.safetensors(.bf16)
        for name in changed {
            let index = try #require(
                weights.tensors.firstIndex { $0.name == "model.layers.1.\(name).weight" })
            weights.tensors[index].data[0] ^= 1
        }
        try TestFile.write(weights.bytes(), to: folder("second") + "/model.safetensors")
    }

    private func logits(_ engine: Engine) throws -> [Float] {
        let timeline = Timeline(engine)
        try Stepper(engine, workers: workers).sync([(timeline, [1, 20, 300, 7])])
        return Array(timeline.logits)
    }

    @Test func onlyWhatDiffersTakesMemory() throws {
        let files = try ["first", "second"].map { try ModelFile.open(path: folder($0)) }
        let first = try Engine(files[0], workers: workers)
        let alone = try logits(Engine(files[1], workers: workers))
        #expect(first.sharedByteCount == 0)
        let second = try Engine(files[1], workers: workers, sharing: [first])
        let configuration = files[0].configuration
        // Panels of 32 rows.
        func bytes(_ tensor: LlamaTensor) -> Int {
            let shape = tensor.shape(in: configuration)
            return (shape[0] + 31) / 32 * tk_panel_bytes(TK_BF16_COMPRESSED, shape[1])
        }
        let own = bytes(.query(1)) + bytes(.down(1))
        #expect(second.ownByteCount == own)
        #expect(second.sharedByteCount == second.byteCount - own)
        #expect(first.sharedByteCount == second.sharedByteCount)
        #expect(Engine.byteCount(of: [first, second]) == first.byteCount + own)
        #expect(try logits(second) == alone)
        #expect(try logits(second) != logits(first))
    }

    /// The first engine may go: what the second uses stays, and is then its own.
    @Test func sharedMatricesOutliveTheEngineThatPackedThem() throws {
        let file = try ModelFile.open(path: folder("second"))
        let alone = try logits(Engine(file, workers: workers))
        let second = try {
            let first = try Engine(ModelFile.open(path: folder("first")), workers: workers)
            return try Engine(file, workers: workers, sharing: [first])
        }()
        #expect(second.sharedByteCount == 0 && second.ownByteCount == second.byteCount)
        #expect(try logits(second) == alone)
    }

    /// The same bytes rounded, or read in another order of rows, are other matrices.
    @Test func otherFormsAreNotShared() throws {
        let file = try ModelFile.open(path: folder("first"))
        let plain = try Engine(file, workers: workers)
        let rounded = try Engine(
            file, workers: workers, quantization: .q8_0, sharing: [plain])
        #expect(rounded.sharedByteCount == 0)
        let again = try Engine(file, workers: workers, quantization: .q8_0, sharing: [rounded])
        #expect(again.ownByteCount == 0)
        let model = TinyLlama(layerCount: 3, seed: 2)
        try model.writeGGUF(to: folder("rotated.gguf"), .bf16)
        let other = try ModelFile.open(path: folder("rotated.gguf"))
        let rotated = try Engine(other, workers: workers, sharing: [plain])
        #expect(rotated.sharedByteCount > 0 && rotated.ownByteCount > 0)
        #expect(try logits(rotated) == logits(Engine(other, workers: workers)))
    }

    /// An engine's file that was written to says nothing any more of what the engine holds.
    @Test func aFileThatChangedIsNotComparedWith() throws {
        let first = try Engine(ModelFile.open(path: folder("first")), workers: workers)
        let path = folder("first") + "/model.safetensors"
        let before = try TestFile.bytes(of: path)
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.write(contentsOf: before)
        try handle.close()
        let second = try Engine(
            ModelFile.open(path: folder("second")), workers: workers, sharing: [first])
        #expect(second.sharedByteCount == 0)
    }
}
