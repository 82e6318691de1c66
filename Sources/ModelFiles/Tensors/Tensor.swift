import Basics

/// A tensor whose bytes lie in a mapped file.
public struct Tensor: @unchecked Sendable {
    // Safe to share: the bytes are read-only and live as long as `owner`, which this holds.

    /// The name in the file.
    public let name: String
    public let type: TensorType
    /// Sizes, outermost first: a matrix is [rows (outputs), columns (inputs)].
    public let shape: [Int]
    /// Exactly `type.byteCount(shape:)` bytes, rows one after another. The first byte may stand at
    /// any address: safetensors promises no alignment.
    public let bytes: UnsafeRawBufferPointer
    /// What keeps `bytes` mapped.
    public let owner: MappedFile

    init(
        name: String, type: TensorType, shape: [Int], bytes: UnsafeRawBufferPointer,
        owner: MappedFile
    ) {
        self.name = name
        self.type = type
        self.shape = shape
        self.bytes = bytes
        self.owner = owner
    }

    /// Where `bytes` begin in the file.
    public var offset: Int {
        guard let start = bytes.baseAddress, let first = owner.bytes.baseAddress else { return 0 }
        return start - first
    }

    /// The number of values.
    public var elementCount: Int { bytes.count / type.blockBytes * type.blockElements }

    /// The length of a row: the innermost size.
    public var columns: Int { shape.last ?? 1 }

    /// The number of rows: the product of all sizes but the innermost.
    public var rows: Int { columns == 0 ? 0 : elementCount / columns }

    /// Bytes from one row to the next.
    public var rowBytes: Int { columns / type.blockElements * type.blockBytes }
}
