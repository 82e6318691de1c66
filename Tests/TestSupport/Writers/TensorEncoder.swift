import ModelFiles

/// Stores values in each of the tensor types, with simple quantisers: the nearest step of a scale
/// that fits the block's largest value.
public enum TensorEncoder {
    /// - Parameter values: a whole number of blocks.
    public static func encode(_ values: [Float], as type: TensorType) -> [UInt8] {
        var output = LittleEndianBytes()
        for start in stride(from: 0, to: values.count, by: type.blockElements) {
            encode(values[start..<start + type.blockElements], as: type, to: &output)
        }
        return output.bytes
    }

    private static func encode(
        _ block: ArraySlice<Float>, as type: TensorType, to output: inout LittleEndianBytes
    ) {
        switch type {
        case .f32: for value in block { output.append(value.bitPattern) }
        case .f16: for value in block { output.append(half: value) }
        case .bf16: for value in block { output.append(bfloat16(value)) }
        case .q8_0: signed8(block, to: &output)
        case .q4_0: signed(block, levels: 16, to: &output)
        case .q5_0: signed(block, levels: 32, to: &output)
        case .q4_1: withMinimum(block, levels: 16, to: &output)
        case .q5_1: withMinimum(block, levels: 32, to: &output)
        case .q4_K: superBlock(block, levels: 16, to: &output)
        case .q5_K: superBlock(block, levels: 32, to: &output)
        case .q6_K: superBlock6(block, to: &output)
        }
    }

    /// Rounded to nearest, ties to even; finite values only.
    private static func bfloat16(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        return UInt16(truncatingIfNeeded: (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
    }

    private static func step(_ value: Float, _ scale: Float, _ range: ClosedRange<Int>) -> Int {
        scale == 0
            ? 0 : min(max(Int((value / scale).rounded()), range.lowerBound), range.upperBound)
    }

    private static func signed8(_ block: ArraySlice<Float>, to output: inout LittleEndianBytes) {
        let scale = rounded((block.map(abs).max() ?? 0) / 127)
        output.append(half: scale)
        for value in block { output.append(Int8(step(value, scale, -127...127))) }
    }

    private static func signed(
        _ block: ArraySlice<Float>, levels: Int, to output: inout LittleEndianBytes
    ) {
        let largest = block.max { abs($0) < abs($1) } ?? 0
        let scale = rounded(largest / Float(-levels / 2))
        output.append(half: scale)
        let middle = levels / 2
        halves(block.map { step($0, scale, -middle...middle - 1) + middle }, levels, &output)
    }

    private static func withMinimum(
        _ block: ArraySlice<Float>, levels: Int, to output: inout LittleEndianBytes
    ) {
        let minimum = rounded(block.min() ?? 0)
        let scale = rounded(((block.max() ?? 0) - minimum) / Float(levels - 1))
        output.append(half: scale)
        output.append(half: minimum)
        halves(block.map { step($0 - minimum, scale, 0...levels - 1) }, levels, &output)
    }

    /// 32 steps: the fifth bits where there are any, then the first 16 in the low and the others in
    /// the high halves of 16 bytes.
    private static func halves(_ steps: [Int], _ levels: Int, _ output: inout LittleEndianBytes) {
        if levels == 32 {
            output.append(
                steps.enumerated().reduce(UInt32(0)) {
                    $0 | UInt32($1.element >> 4) << UInt32($1.offset)
                })
        }
        for i in 0..<16 { output.append(UInt8(steps[i] & 15 | (steps[i + 16] & 15) << 4)) }
    }

    static func rounded(_ value: Float) -> Float { Float(Float16(value)) }

    // MARK: - Blocks of 256

    private static func superBlock(
        _ block: ArraySlice<Float>, levels: Int, to output: inout LittleEndianBytes
    ) {
        let parts = (0..<8).map { Array(block.dropFirst($0 * 32).prefix(32)) }
        let lows = parts.map { max(0, -($0.min() ?? 0)) }
        let spans = zip(parts, lows).map { (($0.max() ?? 0) + $1) / Float(levels - 1) }
        let d = rounded(max(0, spans.max() ?? 0) / 63)
        let dmin = rounded((lows.max() ?? 0) / 63)
        let scales = spans.map { step($0, d, 0...63) }
        let minima = lows.map { step($0, dmin, 0...63) }
        output.append(half: d)
        output.append(half: dmin)
        output.append(packedPairs(scales, minima))
        let steps = (0..<8).map { part in
            parts[part].map {
                step($0 + dmin * Float(minima[part]), d * Float(scales[part]), 0...levels - 1)
            }
        }
        if levels == 32 {
            for i in 0..<32 {
                output.append((0..<8).reduce(UInt8(0)) { $0 | UInt8((steps[$1][i] >> 4) << $1) })
            }
        }
        for pair in 0..<4 {
            for i in 0..<32 {
                output.append(UInt8(steps[2 * pair][i] & 15 | (steps[2 * pair + 1][i] & 15) << 4))
            }
        }
    }

    private static func packedPairs(_ scales: [Int], _ minima: [Int]) -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: 12)
        for i in 0..<4 {
            packed[i] = UInt8(scales[i] | (scales[i + 4] >> 4) << 6)
            packed[i + 4] = UInt8(minima[i] | (minima[i + 4] >> 4) << 6)
            packed[i + 8] = UInt8(scales[i + 4] & 15 | (minima[i + 4] & 15) << 4)
        }
        return packed
    }

    private static func superBlock6(_ block: ArraySlice<Float>, to output: inout LittleEndianBytes)
    {
        let parts = (0..<16).map { Array(block.dropFirst($0 * 16).prefix(16)) }
        let spans = parts.map { ($0.map(abs).max() ?? 0) / 31 }
        let d = rounded((spans.max() ?? 0) / 127)
        let scales = spans.map { step($0, d, 0...127) }
        let steps = zip(parts, scales).flatMap { part, scale in
            part.map { step($0, d * Float(scale), -32...31) + 32 }
        }
        for half in [0, 128] {
            for i in 0..<64 {
                output.append(UInt8(steps[half + i] & 15 | (steps[half + 64 + i] & 15) << 4))
            }
        }
        for half in [0, 128] {
            for i in 0..<32 {
                output.append(
                    (0..<4).reduce(UInt8(0)) {
                        $0 | UInt8((steps[half + $1 * 32 + i] >> 4) << (2 * $1))
                    })
            }
        }
        for scale in scales { output.append(Int8(scale)) }
        output.append(half: d)
    }
}
