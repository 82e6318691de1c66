import Basics
import ModelFiles

/// Rows of random codes with finite scales, as a file would hold them.
struct RandomBlocks {
    let type: TensorType
    let columns: Int
    let rows: [[UInt8]]

    init(_ type: TensorType, rows: Int, columns: Int, seed: UInt64) {
        self.type = type
        self.columns = columns
        let random = CounterRandom(seed: seed, stream: UInt64(columns))
        let blocks = columns / type.blockElements
        self.rows = (0..<rows).map { row in
            (0..<blocks).flatMap { block -> [UInt8] in
                let position = UInt64((row * blocks + block) * 64)
                var bytes = (0..<type.blockBytes).map { byte -> UInt8 in
                    UInt8(
                        truncatingIfNeeded: random.block(at: position + UInt64(byte / 4))[byte % 4])
                }
                // Two-byte scales below 1, so that every weight is finite and of usual size.
                for offset in Self.scaleOffsets(type) {
                    bytes[offset + 1] = bytes[offset + 1] & 0xAF | 0x20
                }
                if type == .f32 { bytes[3] = bytes[3] & 0xBF | 0x30 }
                if type == .bf16 { bytes[1] = bytes[1] & 0xBF | 0x30 }
                return bytes
            }
        }
    }

    /// The exact value of every weight, [rows][columns].
    var values: [[Float]] { rows.map { row in row.withUnsafeBytes { type.dequantized($0) } } }

    private static func scaleOffsets(_ type: TensorType) -> [Int] {
        switch type {
        case .f32, .bf16: []
        case .f16, .q8_0, .q4_0, .q5_0: [0]
        case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
        case .q6_K: [208]
        }
    }
}
