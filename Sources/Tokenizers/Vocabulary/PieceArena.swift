/// Many byte strings, one after another in one array.
public struct PieceArena: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func reserve(pieces: Int, bytes byteCount: Int) {
        ends.reserveCapacity(pieces)
        bytes.reserveCapacity(byteCount)
    }

    public mutating func append(_ piece: some Sequence<UInt8>) {
        bytes.append(contentsOf: piece)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    // Not generic where other modules call: unspecialised it took most of the time of loading.

    public mutating func append(_ piece: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: piece)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Appends the bytes that a spelling in the letters of byte-level vocabularies stands for.
    public mutating func append(byteLevel spelling: UnsafeRawBufferPointer) {
        ByteAlphabet.decode(spelling, into: &bytes)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    mutating func append(byteLevel spelling: some Collection<UInt8>) {
        ByteAlphabet.decode(spelling, into: &bytes)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Where piece `index` stands in `bytes`.
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    /// Whether the first `count` pieces are those of `other`.
    func begins(like other: PieceArena, count: Int) -> Bool {
        ends.prefix(count).elementsEqual(other.ends.prefix(count))
            && bytes.prefix(Int(ends.prefix(count).last ?? 0)).elementsEqual(
                other.bytes.prefix(Int(other.ends.prefix(count).last ?? 0)))
    }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }
}
