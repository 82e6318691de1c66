/// Finds the id of a piece by its bytes.
struct PieceTable: Sendable {
    private let arena: PieceArena
    /// Ids, or -1, by hash with linear probing; a power of two, at most half full.
    private var slots: [Int32]

    /// - Parameter isIncluded: which ids can be found; of equal pieces the lowest id is.
    /// - Complexity: O(bytes of all pieces).
    init(_ arena: PieceArena, isIncluded: (Int) -> Bool) {
        self.arena = arena
        var capacity = 64
        while capacity < arena.count * 2 { capacity *= 2 }
        var slots = [Int32](repeating: -1, count: capacity)
        arena.bytes.withUnsafeBufferPointer { bytes in
            for id in 0..<arena.count where isIncluded(id) {
                let range = arena.range(id)
                if range.isEmpty { continue }
                let piece = UnsafeBufferPointer(rebasing: bytes[range])
                var slot = Int(truncatingIfNeeded: Self.hash(piece)) & (capacity - 1)
                var isNew = true
                while slots[slot] >= 0 {
                    if Self.isEqual(bytes, arena.range(Int(slots[slot])), piece) {
                        isNew = false
                        break
                    }
                    slot = (slot + 1) & (capacity - 1)
                }
                if isNew { slots[slot] = Int32(id) }
            }
        }
        self.slots = slots
    }

    /// - Complexity: O(bytes of the piece).
    func id(of piece: UnsafeBufferPointer<UInt8>) -> Int32? {
        if piece.isEmpty { return nil }
        return arena.bytes.withUnsafeBufferPointer { bytes in
            var slot = Int(truncatingIfNeeded: Self.hash(piece)) & (slots.count - 1)
            while slots[slot] >= 0 {
                if Self.isEqual(bytes, arena.range(Int(slots[slot])), piece) { return slots[slot] }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    func id(of piece: some Collection<UInt8>) -> Int32? {
        Array(piece).withUnsafeBufferPointer { id(of: $0) }
    }

    private static func hash(_ piece: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(piece.count)
        for byte in piece { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash ^ (hash >> 29)
    }

    private static func isEqual(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
        _ piece: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard range.count == piece.count else { return false }
        for index in 0..<piece.count where bytes[range.lowerBound + index] != piece[index] {
            return false
        }
        return true
    }
}
