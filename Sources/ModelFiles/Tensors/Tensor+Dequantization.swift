import Basics

extension Tensor {
    /// The values as f32, row after row.
    ///
    /// Exact: each value is what the format's formula gives in f32, with one rounding per written
    /// operation. This is the reference that kernels are compared with.
    /// - Complexity: O(values).
    public func dequantized() -> [Float] {
        withExtendedLifetime(owner) { type.dequantized(bytes) }
    }

    /// The same from a copy of the bytes: looking at a few in a mapping can make megabytes around them
    /// resident, where the file's pages are large.
    /// - Throws: `inputOutput`.
    public func readValues() throws(TandemError) -> [Float] {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { copy.deallocate() }
        try owner.read(at: offset, into: copy)
        return type.dequantized(UnsafeRawBufferPointer(copy))
    }
}

extension TensorType {
    /// The values of a whole number of blocks as f32; bytes beyond the last whole block are left
    /// out.
    public func dequantized(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        let blocks = bytes.count / blockBytes
        guard let source = bytes.baseAddress, blocks > 0 else { return [] }
        let count = blocks * blockElements
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let target = buffer.baseAddress {
                dequantize(source, blocks: blocks, into: target)
                initialized = count
            }
        }
    }

    /// Writes the values of `blocks` blocks that begin at `source`.
    ///
    /// - Parameter source: `blocks * blockBytes` readable bytes, at any alignment.
    /// - Parameter target: room for `blocks * blockElements` values.
    public func dequantize(
        _ source: UnsafeRawPointer, blocks: Int, into target: UnsafeMutablePointer<Float>
    ) {
        func each(_ block: (UnsafeRawPointer, UnsafeMutablePointer<Float>) -> Void) {
            for index in 0..<blocks {
                block(source + index * blockBytes, target + index * blockElements)
            }
        }
        switch self {
        case .f32: each { $1.pointee = BlockFormat.float32($0) }
        case .f16: each { $1.pointee = BlockFormat.float16($0) }
        case .bf16: each { $1.pointee = BlockFormat.bfloat16($0) }
        case .q8_0: each(BlockFormat.dequantizeQ8_0)
        case .q4_0: each(BlockFormat.dequantizeQ4_0)
        case .q4_1: each(BlockFormat.dequantizeQ4_1)
        case .q5_0: each(BlockFormat.dequantizeQ5_0)
        case .q5_1: each(BlockFormat.dequantizeQ5_1)
        case .q4_K: each(BlockFormat.dequantizeQ4K)
        case .q5_K: each(BlockFormat.dequantizeQ5K)
        case .q6_K: each(BlockFormat.dequantizeQ6K)
        }
    }
}
