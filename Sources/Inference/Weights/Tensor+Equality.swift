import Basics
import Glibc
import ModelFiles

extension Tensor {
    /// Whether the bytes in `range` are those of `other`, a tensor of the same type and shape.
    /// - Throws: `inputOutput`.
    func hasBytes(
        of other: Tensor, in range: Range<Int>, _ first: inout ByteBuffer,
        _ second: inout ByteBuffer
    ) throws(TandemError) -> Bool {
        if owner.identity == other.owner.identity, offset == other.offset { return true }
        let one = first.room(for: range.count)
        let two = second.room(for: range.count)
        try owner.read(
            at: offset + range.lowerBound,
            into: UnsafeMutableRawBufferPointer(start: one, count: range.count))
        try other.owner.read(
            at: other.offset + range.lowerBound,
            into: UnsafeMutableRawBufferPointer(start: two, count: range.count))
        return memcmp(one, two, range.count) == 0
    }
}
