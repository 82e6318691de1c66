import CText

/// Where the white space of ASCII is in a text, a bit a byte; see `tx_find_spaces`.
struct SpaceMask {
    /// Bytes for one mask.
    static var blockSize: Int { Int(TX_BLOCK) }

    private let masks: UnsafeBufferPointer<UInt64>

    /// - Parameters:
    ///   - text: see ``ByteScratch/padding``.
    ///   - memory: room for a mask for each block of bytes, and one more.
    init(_ text: UnsafeBufferPointer<UInt8>, memory: UnsafeMutableBufferPointer<UInt64>) {
        tx_find_spaces(text.baseAddress, text.count, memory.baseAddress)
        masks = UnsafeBufferPointer(rebasing: memory[...(text.count / Self.blockSize)])
    }

    /// Calls `body` with the place of each piece between white space.
    @inline(__always)
    func forEachPiece(_ body: (Range<Int>) -> Void) {
        var start = 0
        for block in masks.indices {
            var ends = masks[block]
            while ends != 0 {
                let end = block &* Self.blockSize &+ ends.trailingZeroBitCount
                ends &= ends &- 1
                if end > start { body(start..<end) }
                start = end &+ 1
            }
        }
    }
}
