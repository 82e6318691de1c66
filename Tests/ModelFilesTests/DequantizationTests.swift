import Basics
import ModelFiles
import TestSupport
import Testing

/// Values of stored blocks against gguf-py's, bit by bit; `scripts/references` records them.
struct DequantizationTests {
    @Test func everyTypeGivesTheReferenceBits() throws {
        let path =
            "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
            + "/References/dequantization.json"
        let items = try #require(
            JSON.parse(TestFile.bytes(of: path), file: path)["tensors"]?.array)
        var seen: Set<TensorType> = [.f32]
        for item in items {
            let name = try #require(item["type"]?.string)
            let type = try #require(TensorType(rawValue: name))
            let stored = try bytes(#require(item["bytes"]?.string))
            let expected = try bytes(#require(item["float32"]?.string))
            let found = stored.withUnsafeBytes { type.dequantized($0) }
            let foundBytes = found.flatMap { value in
                withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) }
            }
            #expect(foundBytes == expected, "\(name)")
            seen.insert(type)
        }
        #expect(seen == Set(TensorType.allCases))
    }

    /// A block may stand at any address.
    @Test(arguments: TensorType.allCases)
    func unalignedBlocks(_ type: TensorType) {
        let values = (0..<2 * type.blockElements).map { Float($0 % 29) / 7 - 2 }
        let aligned = TensorEncoder.encode(values, as: type)
        let expected = aligned.withUnsafeBytes { type.dequantized($0) }
        for shift in 1...3 {
            let shifted = [UInt8](repeating: 0xFF, count: shift) + aligned
            let found = shifted.withUnsafeBytes {
                type.dequantized(UnsafeRawBufferPointer(rebasing: $0[shift...]))
            }
            #expect(found == expected)
        }
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            digits[$0] << 4 | digits[$0 + 1]
        }
    }
}
