import Basics
import ModelFiles
import TestSupport
import Testing

/// NaN and infinity are found wherever they are and whatever the type.
struct FinitenessTests {
    @Test(arguments: TensorType.allCases)
    func everyPlace(_ type: TensorType) throws {
        let folder = try TemporaryFolder()
        let columns = type.blockElements
        let scaleOffsets: [Int] =
            switch type {
            case .f32, .f16, .bf16, .q8_0, .q4_0, .q5_0: [0]
            case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
            case .q6_K: [208]
            }
        for rows in [1, 7, 1025] {
            for row in Set([0, rows / 2, rows - 1]) {
                for offset in scaleOffsets {
                    var writer = GGUFWriter()
                    writer.add(
                        "weights", type, shape: [rows, columns],
                        (0..<rows * columns).map { Float($0 % 13) - 6 })
                    let bits: [UInt8] =
                        switch type {
                        case .f32: [0, 0, 0x80, 0xFF]
                        case .bf16: [0xC0, 0x7F]
                        default: [1, 0x7C]
                        }
                    for (index, byte) in bits.enumerated() {
                        writer.tensors[0].data[row * type.blockBytes + offset + index] = byte
                    }
                    try TestFile.write(writer.bytes(), to: folder("file"))
                    let tensor = try GGUFFile(path: folder("file")).tensors[0]
                    #expect(tensor.firstNonFinite() == row * columns)
                    #expect(tensor.dequantized().firstIndex { !$0.isFinite } == row * columns)
                    expectError(.numeric, "weights", "row \(row)") { try tensor.requireFinite() }
                }
            }
        }
    }
}
