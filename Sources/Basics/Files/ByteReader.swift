/// Reads little-endian values one after another, never past the end.
public struct ByteReader {
    public let bytes: UnsafeRawBufferPointer
    public private(set) var position: Int
    private let file: String?

    public init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, file: String? = nil) {
        self.bytes = bytes
        self.position = position
        self.file = file
    }

    public var remaining: Int { bytes.count - position }

    /// The next `MemoryLayout<T>.size` bytes as a number.
    /// - Parameter what: what is being read, for the error.
    public mutating func integer<T: FixedWidthInteger>(_ what: String, as type: T.Type = T.self)
        throws(TandemError) -> T
    {
        T(littleEndian: try take(MemoryLayout<T>.size, what).loadUnaligned(as: T.self))
    }

    public mutating func float(_ what: String) throws(TandemError) -> Float {
        Float(bitPattern: try integer(what))
    }

    public mutating func double(_ what: String) throws(TandemError) -> Double {
        Double(bitPattern: try integer(what))
    }

    /// The next `count` bytes, without copying.
    public mutating func take(_ count: Int, _ what: String) throws(TandemError)
        -> UnsafeRawBufferPointer
    {
        guard count >= 0, count <= remaining else {
            throw TandemError(
                .malformed,
                "the file ends inside \(what): \(count) bytes expected at offset \(position), "
                    + "\(remaining) left",
                file: file, remedy: "the file is truncated or damaged; fetch it again")
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}
