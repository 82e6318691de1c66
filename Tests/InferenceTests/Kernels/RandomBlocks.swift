import Basics
import CKernels
import ModelFiles

/// A type of files and what it is packed to.
struct PanelForm: Sendable, CustomStringConvertible {
    let type: TensorType
    let packed: tk_type

    static let all =
        TensorType.allCases.map { PanelForm(type: $0, packed: $0.kernelType) }
        + [PanelForm(type: .bf16, packed: TK_BF16_COMPRESSED)]

    var description: String {
        type.rawValue + (packed == TK_BF16_COMPRESSED ? " compressed" : "")
    }

    /// A panel of rows as a file holds them, all of `columns` columns; up to 32 of them.
    /// - Throws: `numeric` for what is not finite, `unsupported` for what cannot be compressed.
    func pack(_ rows: [[UInt8]], columns: Int) throws(TandemError) -> [UInt8] {
        var panel = [UInt8](repeating: 0, count: tk_panel_bytes(packed, columns))
        let rowBytes = rows[0].count
        let result = rows.flatMap { $0 }.withUnsafeBufferPointer { source in
            let pointers = (0..<Int(TK_PANEL)).map { row in
                row < rows.count ? source.baseAddress.map { $0 + row * rowBytes } : nil
            }
            return tk_pack_panel(packed, pointers, columns, &panel)
        }
        switch Int(result) {
        case TK_PACKED: return panel
        case TK_INCOMPRESSIBLE: throw TandemError(.unsupported, "cannot be compressed")
        default: throw TandemError(.numeric, "not finite")
        }
    }
}

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
                if type == .bf16 { bytes = Self.bfloat16(random, row * blocks + block) }
                return bytes
            }
        }
    }

    /// The exact value of every weight, [rows][columns].
    var values: [[Float]] { rows.map { row in row.withUnsafeBytes { type.dequantized($0) } } }

    /// Between -0.5 and 0.5, with zeros and with some that are far smaller than all others.
    private static func bfloat16(_ random: CounterRandom, _ index: Int) -> [UInt8] {
        var value = Float(random.unit(at: UInt64(index)) - 0.5)
        if index % 53 == 0 { value = index % 2 == 0 ? 0 : -0.0 }
        if index % 601 == 0 { value *= 0x1p-40 }
        let bits = UInt16(value.bitPattern >> 16)
        return [UInt8(bits & 0xFF), UInt8(bits >> 8)]
    }

    private static func scaleOffsets(_ type: TensorType) -> [Int] {
        switch type {
        case .f32, .bf16: []
        case .f16, .q8_0, .q4_0, .q5_0: [0]
        case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
        case .q6_K: [208]
        }
    }
}
