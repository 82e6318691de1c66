import Basics
import CKernels
import Inference
import ModelFiles
import TestSupport
import Testing

/// Rounding while loading gives gguf-py's blocks, byte by byte; `scripts/references` records them.
struct QuantizationTests {
    @Test func blocksAreTheReferences() throws {
        let path =
            "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
            + "/References/quantization.json"
        let reference = try JSON.parse(TestFile.bytes(of: path), file: path)
        let columns = try #require(reference["columns"]?.integer)
        var count = 0
        for item in try #require(reference["rows"]?.array) {
            let source = try #require(item["type"]?.string.flatMap(TensorType.init))
            let row = try bytes(#require(item["row"]?.string))
            for target in Quantization.allCases.map(\.type) {
                let expected = try bytes(#require(item[target.rawValue]?.string))
                let found = blocks(source, row, columns, target)
                #expect(found == expected, "\(source.rawValue) row \(count) to \(target.rawValue)")
            }
            count += 1
        }
        #expect(count >= 27)
    }

    @Test(arguments: [TensorType.f32, .f16, .bf16], Quantization.allCases)
    func whatIsNotFiniteIsFound(_ source: TensorType, _ quantization: Quantization) {
        for value in [Float.infinity, -.infinity, .nan] {
            var values = [Float](repeating: 0.5, count: 64)
            values[45] = value
            let row: [UInt8] =
                source == .f32
                ? values.flatMap { value in withUnsafeBytes(of: value) { Array($0) } }
                : values.flatMap { value -> [UInt8] in
                    let bits =
                        source == .f16
                        ? Float16(value).bitPattern : UInt16(value.bitPattern >> 16)
                    return [UInt8(bits & 255), UInt8(bits >> 8)]
                }
            #expect(blocks(source, row, 64, quantization.type) == nil)
        }
    }

    /// An engine that rounds computes what one does that reads the rounded file.
    @Test(arguments: [TensorType.f32, .f16, .bf16], Quantization.allCases)
    func anEngineRoundsEveryMatrix(_ source: TensorType, _ quantization: Quantization) throws {
        let folder = try TemporaryFolder()
        let workers = try Workers(count: 2)
        let model = TinyLlama(tiedEmbeddings: false, seed: 6)
        try model.writeGGUF(to: folder("plain.gguf"), source)
        let plain = try ModelFile.open(path: folder("plain.gguf"))
        var writer = model.gguf(source)
        for which in LlamaTensor.all(of: plain.configuration) {
            let tensor = try plain.tensor(which)
            guard tensor.shape.count == 2 else { continue }
            let data = try #require(
                blocks(source, Array(tensor.bytes), tensor.elementCount, quantization.type))
            let index = try #require(
                writer.tensors.firstIndex { $0.name == which.ggufName })
            writer.tensors[index].typeID = quantization.type.ggmlID
            writer.tensors[index].data = data
        }
        try TestFile.write(writer.bytes(), to: folder("rounded.gguf"))
        func logits(_ engine: Engine) throws -> [Float] {
            let timeline = Timeline(engine)
            try Stepper(engine, workers: workers).sync([(timeline, [1, 20, 300, 7])])
            return Array(timeline.logits)
        }
        let rounding = try Engine(plain, workers: workers, quantization: quantization)
        let rounded = try Engine(
            ModelFile.open(path: folder("rounded.gguf")), workers: workers)
        #expect(rounding.quantization == quantization)
        #expect(rounding.byteCount == rounded.byteCount)
        #expect(try logits(rounding) == logits(rounded))
    }

    @Test func whatIsRoundedAlreadyIsRefused() throws {
        let folder = try TemporaryFolder()
        try TinyLlama.forAnyType().writeGGUF(to: folder("tiny.gguf"), .q4_K)
        let file = try ModelFile.open(path: folder("tiny.gguf"))
        #expect {
            try Engine(file, workers: Workers(count: 1), quantization: .q8_0)
        } throws: { error in
            let error = error as? TandemError
            return error?.code == .unsupported && error?.message.contains("Q4_K") == true
        }
    }

    /// Nil where a value is not finite.
    private func blocks(
        _ source: TensorType, _ row: [UInt8], _ count: Int, _ target: TensorType
    ) -> [UInt8]? {
        var blocks = [UInt8](
            repeating: 0, count: count / target.blockElements * target.blockBytes)
        let outcome = tk_quantize_row(
            source.kernelType, row, count, target.kernelType, &blocks)
        return Int(outcome) == TK_PACKED ? blocks : nil
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            digits[$0] << 4 | digits[$0 + 1]
        }
    }
}
