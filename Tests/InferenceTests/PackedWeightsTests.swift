import Basics
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// Packed weights that are kept on disk give the bits of those that are packed anew, and nothing else
/// is ever taken for them.
@Suite(.serialized)
struct PackedWeightsTests {
    private let folder: TemporaryFolder
    private let packed: PackedFolder
    private let workers: Workers

    init() throws {
        folder = try TemporaryFolder()
        packed = PackedFolder(path: folder("cache/packed"), minimumByteCount: 0)
        workers = try Workers(count: 2)
        try TinyLlama(seed: 4).writeGGUF(to: folder("tiny.gguf"), .q4_1)
    }

    private func engine(_ name: String = "tiny.gguf", keptIn packed: PackedFolder?) throws
        -> Engine
    {
        try Engine(ModelFile.open(path: folder(name)), workers: workers, keptIn: packed)
    }

    /// The one file that is kept.
    private func keep() throws -> String {
        let engine = try engine(keptIn: packed)
        let path = try #require(engine.keptPath)
        engine.waitUntilKept()
        #expect(FileManager.default.fileExists(atPath: path))
        return path
    }

    private func logits(_ engine: Engine) throws -> [Float] {
        let timeline = Timeline(engine)
        try Stepper(engine, workers: workers).sync([(timeline, [1, 20, 300, 7])])
        return Array(timeline.logits)
    }

    /// Every type, in both row orders, with and without tied embeddings.
    @Test(arguments: TensorType.allCases, [true, false])
    func mappedWeightsGiveTheSameLogits(_ type: TensorType, _ isTied: Bool) throws {
        let model = TinyLlama(
            hiddenSize: 256, intermediateSize: 512, tiedEmbeddings: isTied, seed: 9)
        try model.writeGGUF(to: folder("tiny.gguf"), type)
        let fresh = try logits(engine(keptIn: nil))
        _ = try keep()
        let mapped = try engine(keptIn: packed)
        #expect(mapped.keptPath == nil)
        #expect(try logits(mapped) == fresh)
    }

    /// Where one matrix cannot be compressed, the others are, also in the file.
    @Test func whatCannotBeCompressedIsKeptAsItIs() throws {
        let model = TinyLlama(hiddenSize: 256, intermediateSize: 512, seed: 9)
        try model.writeFolder(to: folder("whole"), .bf16)
        var weights = model.safetensors(.bf16)
        let index = try #require(
            weights.tensors.firstIndex { $0.name == "model.layers.1.mlp.down_proj.weight" })
        // Exponents of every size.
        for place in stride(from: 1, to: weights.tensors[index].data.count, by: 2) {
            weights.tensors[index].data[place] = UInt8(truncatingIfNeeded: place / 2 * 7) & 0x3F
        }
        try model.writeFolder(to: folder("mixed"), .bf16)
        try TestFile.write(weights.bytes(), to: folder("mixed") + "/model.safetensors")
        let whole = try engine("whole", keptIn: nil)
        let fresh = try engine("mixed", keptIn: packed)
        let difference = fresh.ownByteCount - whole.ownByteCount
        #expect(difference > 0 && difference < 256 * 512)
        let path = try #require(fresh.keptPath)
        fresh.waitUntilKept()
        #expect(FileManager.default.fileExists(atPath: path))
        let mapped = try engine("mixed", keptIn: packed)
        #expect(mapped.keptPath == nil && mapped.ownByteCount == fresh.ownByteCount)
        #expect(try logits(mapped) == logits(fresh))
        let sharing = try Engine(
            ModelFile.open(path: folder("whole")), workers: workers, sharing: [fresh])
        #expect(try logits(sharing) == logits(whole))
        let again = try Engine(
            ModelFile.open(path: folder("mixed")), workers: workers, sharing: [fresh])
        #expect(again.ownByteCount == 0)
    }

    @Test func theFileIsThisUsersAlone() throws {
        let path = try keep()
        for (path, mode) in [(path, 0o600), (packed.path, 0o700)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(found as? Int == mode)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: packed.path).count == 1)
    }

    /// Ways to spoil a kept file: each must lead to packing anew, with the right logits.
    enum Damage: CaseIterable {
        case empty, shorter, longer, header, link, writableByOthers
    }

    @Test(arguments: Damage.allCases)
    func aDamagedFileIsNotUsed(_ damage: Damage) throws {
        let fresh = try logits(engine(keptIn: nil))
        let path = try keep()
        var bytes = try spoiled(path)
        switch damage {
        case .empty: bytes = []
        case .shorter: bytes.removeLast()
        case .longer: bytes.append(0)
        case .header: bytes[40] ^= 1
        case .link, .writableByOthers: break
        }
        if damage == .link {
            try TestFile.write(bytes, to: folder("elsewhere"))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: folder("elsewhere"))
        } else {
            try TestFile.write(bytes, to: path)
        }
        if damage == .writableByOthers { chmod(path, 0o622) }
        #expect(try logits(engine(keptIn: packed)) == fresh)
    }

    /// Compressed panels whose heads are not as they were written are not read.
    @Test(arguments: [0, 1, 0x7F, 0xFF] as [UInt8])
    func spoiledHeadsAreNotRead(_ byte: UInt8) throws {
        try TinyLlama(hiddenSize: 256, intermediateSize: 512, seed: 9)
            .writeGGUF(to: folder("tiny.gguf"), .bf16)
        let fresh = try logits(engine(keptIn: nil))
        let path = try keep()
        var bytes = try TestFile.bytes(of: path)
        for index in 8192..<bytes.count - 100 where index % 7 != 0 { bytes[index] = byte }
        try TestFile.write(bytes, to: path)
        #expect(try logits(engine(keptIn: packed)) == fresh)
        try TestFile.write(bytes, to: path)
        #expect(try keep() == path)
    }

    /// A bit that changed on the disk is found when it is looked for, wherever it is.
    @Test func aChangedBitIsFound() throws {
        let path = try keep()
        let bytes = try TestFile.bytes(of: path)
        #expect(packed.verify().map(\.isIntact) == [true])
        #expect(FileManager.default.fileExists(atPath: path))
        for place in [50, 5000, bytes.count / 2, bytes.count - 100, bytes.count - 1] {
            var changed = bytes
            changed[place] ^= 4
            try TestFile.write(changed, to: path)
            let findings = packed.verify()
            #expect(findings.map(\.isIntact) == [false] && findings[0].path == path, "\(place)")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        try TestFile.write(bytes, to: path)
        #expect(packed.verify().map(\.byteCount) == [bytes.count])
        #expect(try engine(keptIn: packed).keptPath == nil)
    }

    @Test func afterDamageTheFileIsKeptAnew() throws {
        let path = try keep()
        try TestFile.write([1, 2, 3], to: path)
        #expect(try keep() == path)
        #expect(try engine(keptIn: packed).keptPath == nil)
    }

    @Test func aFolderThatOthersCanWriteToIsNotUsed() throws {
        let fresh = try logits(engine(keptIn: nil))
        let path = try keep()
        try TestFile.write(spoiled(path), to: path)
        chmod(packed.path, 0o777)
        defer { chmod(packed.path, 0o700) }
        let again = try engine(keptIn: packed)
        #expect(again.keptPath == nil)
        #expect(try logits(again) == fresh)
    }

    /// The file with other weights: used in error they show in the logits.
    private func spoiled(_ path: String) throws -> [UInt8] {
        var bytes = try TestFile.bytes(of: path)
        for index in bytes.indices.dropFirst(bytes.count / 2) { bytes[index] = 0 }
        return bytes
    }

    /// The checks that follow would pass in vain if spoiled weights did not show.
    @Test func spoiledWeightsShow() throws {
        let fresh = try logits(engine(keptIn: nil))
        let path = try keep()
        try TestFile.write(spoiled(path), to: path)
        #expect(try logits(engine(keptIn: packed)) != fresh)
    }

    /// Another model in the place of the first, of the same size, is packed anew.
    @Test func anotherModelOfTheSameNameIsPackedAnew() throws {
        let path = try keep()
        try TinyLlama(seed: 5).writeGGUF(to: folder("tiny.gguf"), .q4_1)
        let fresh = try logits(engine(keptIn: nil))
        let other = try engine(keptIn: packed)
        #expect(other.keptPath != nil && other.keptPath != path)
        #expect(try logits(other) == fresh)
    }

    /// What is not finite is found when it is packed, and then not kept.
    @Test func brokenWeightsAreNeverKept() throws {
        var bytes = TinyLlama().gguf(.f32).bytes()
        for index in bytes.indices.suffix(4) { bytes[index] = 0xFF }
        try TestFile.write(bytes, to: folder("broken.gguf"))
        #expect(throws: TandemError.self) { try engine("broken.gguf", keptIn: packed) }
        #expect(!FileManager.default.fileExists(atPath: packed.path))
    }

    /// Rounded and plain weights of one file are kept side by side.
    @Test func roundedWeightsAreKeptToo() throws {
        try TinyLlama(seed: 4).writeGGUF(to: folder("tiny.gguf"), .bf16)
        let file = try ModelFile.open(path: folder("tiny.gguf"))
        let fresh = try [nil, Quantization.q8_0, .q4_0].map { quantization in
            let engine = try Engine(
                file, workers: workers, quantization: quantization, keptIn: packed)
            engine.waitUntilKept()
            return try logits(engine)
        }
        #expect(Set(fresh).count == 3)
        for (quantization, expected) in zip([nil, Quantization.q8_0, .q4_0], fresh) {
            let engine = try Engine(
                file, workers: workers, quantization: quantization, keptIn: packed)
            #expect(engine.keptPath == nil)
            #expect(try logits(engine) == expected)
        }
    }

    /// What an engine shares is in its file all the same, and serves where nobody shares it.
    @Test func sharedWeightsAreKeptWhole() throws {
        let first = try engine(keptIn: nil)
        let bytes = try TestFile.bytes(of: folder("tiny.gguf"))
        try TestFile.write(bytes, to: folder("copy.gguf"))
        let copy = try ModelFile.open(path: folder("copy.gguf"))
        let second = try Engine(copy, workers: workers, sharing: [first], keptIn: packed)
        #expect(second.ownByteCount == 0 && second.keptPath != nil)
        second.waitUntilKept()
        let alone = try Engine(copy, workers: workers, keptIn: packed)
        #expect(alone.keptPath == nil && alone.sharedByteCount == 0)
        #expect(try logits(alone) == logits(first))
    }

    @Test func smallModelsAreNotKept() throws {
        #expect(try engine(keptIn: PackedFolder(path: packed.path)).keptPath == nil)
        #expect(!FileManager.default.fileExists(atPath: packed.path))
    }
}
