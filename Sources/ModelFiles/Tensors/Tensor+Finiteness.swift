import Basics

extension Tensor {
    /// The index of the first value that is NaN or infinite; for a quantised type the first value
    /// of the first block whose scale or minimum is.
    ///
    /// - Complexity: O(values) for the float types, O(blocks) for the quantised ones.
    public func firstNonFinite() -> Int? {
        withExtendedLifetime(owner) { firstNonFiniteBlock().map { $0 * type.blockElements } }
    }

    private func firstNonFiniteBlock() -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        let count = bytes.count / type.blockBytes
        return switch type {
        case .f32: Tensor.firstWithExponent(start, count, 0x7F80_0000 as UInt32)
        case .f16: Tensor.firstWithExponent(start, count, 0x7C00 as UInt16)
        case .bf16: Tensor.firstWithExponent(start, count, 0x7F80 as UInt16)
        case .q8_0, .q4_0, .q5_0: firstBlock(start, count, scalesAt: [0])
        case .q4_1, .q5_1, .q4_K, .q5_K: firstBlock(start, count, scalesAt: [0, 2])
        case .q6_K: firstBlock(start, count, scalesAt: [208])
        }
    }

    /// - Throws: `numeric`, naming the tensor and the place, where a value is NaN or infinite.
    public func requireFinite() throws(TandemError) {
        guard let index = firstNonFinite() else { return }
        let row = columns == 0 ? 0 : index / columns
        throw TandemError(
            .numeric,
            "tensor \(name) has a value that is not finite, in row \(row), column "
                + "\(index - row * columns)",
            file: owner.path,
            remedy: "the weights are damaged or overflowed when they were converted")
    }

    private func firstBlock(_ start: UnsafeRawPointer, _ count: Int, scalesAt offsets: [Int])
        -> Int?
    {
        var first: Int?
        for offset in offsets {
            for index in 0..<(first ?? count) {
                let at = start + index * type.blockBytes + offset
                if at.loadUnaligned(as: UInt16.self) & 0x7C00 == 0x7C00 {
                    first = index
                    break
                }
            }
        }
        return first
    }

    /// The first of `count` numbers whose exponent bits, the mask, are all set.
    private static func firstWithExponent<Bits: FixedWidthInteger>(
        _ start: UnsafeRawPointer, _ count: Int, _ mask: Bits
    ) -> Int? {
        let size = MemoryLayout<Bits>.size
        let stride = 1024
        var from = 0
        while from < count {
            let to = min(from + stride, count)
            // A loop without an exit is vectorised; the exact place is looked for only when needed.
            var found = 0
            for index in from..<to {
                let bits = (start + index * size).loadUnaligned(as: Bits.self) & mask
                found |= bits == mask ? 1 : 0
            }
            if found != 0 {
                for index in from..<to
                where (start + index * size).loadUnaligned(as: Bits.self) & mask == mask {
                    return index
                }
            }
            from = to
        }
        return nil
    }
}
