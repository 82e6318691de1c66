import Basics

/// The rank and the result of each pair of pieces that merges.
struct MergeTable: Sendable {
    private struct Slot {
        var left: Int32 = -1
        var right: Int32 = -1
        var rank: UInt32 = 0
        var id: Int32 = 0
    }

    private var slots: [Slot]

    /// - Throws: `malformed`, with the number of a merge whose pieces the vocabulary does not have.
    /// - Complexity: O(bytes of all merges).
    init(_ pairs: PieceArena, table: PieceTable, file: String) throws(TandemError) {
        var capacity = 64
        while capacity < pairs.count { capacity *= 2 }
        slots = [Slot](repeating: Slot(), count: capacity)
        var missing: Int?
        pairs.bytes.withUnsafeBufferPointer { bytes in
            for rank in 0..<pairs.count / 2 {
                let (left, right) = (pairs.range(2 * rank), pairs.range(2 * rank + 1))
                guard
                    let leftID = table.id(of: UnsafeBufferPointer(rebasing: bytes[left])),
                    let rightID = table.id(of: UnsafeBufferPointer(rebasing: bytes[right])),
                    let id = table.id(
                        of: UnsafeBufferPointer(
                            rebasing: bytes[left.lowerBound..<right.upperBound]))
                else {
                    missing = rank
                    return
                }
                insert(leftID, rightID, rank: UInt32(rank), id: id)
            }
        }
        if let missing {
            let names = [2 * missing, 2 * missing + 1].map { index in
                String(decoding: pairs[index], as: UTF8.self)
            }
            throw TandemError(
                .malformed,
                "merge \(missing) joins \"\(names[0])\" and \"\(names[1])\": these pieces, or their "
                    + "union, are not in the vocabulary",
                file: file, remedy: "the tokenizer is damaged; fetch it again")
        }
    }

    private mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, id: Int32) {
        var slot = Self.hash(left, right) & (slots.count - 1)
        while slots[slot].left >= 0 {
            if slots[slot].left == left && slots[slot].right == right { return }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Slot(left: left, right: right, rank: rank, id: id)
    }

    /// - Complexity: O(1).
    subscript(left: Int32, right: Int32) -> (rank: UInt32, id: Int32)? {
        if left < 0 || right < 0 { return nil }
        var slot = Self.hash(left, right) & (slots.count - 1)
        while slots[slot].left >= 0 {
            let found = slots[slot]
            if found.left == left && found.right == right { return (found.rank, found.id) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func hash(_ left: Int32, _ right: Int32) -> Int {
        let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
        return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20)
    }
}
