import Basics

/// An array in a GGUF file's metadata; its bytes stay in the mapped file.
public struct GGUFArray: @unchecked Sendable {
    // Safe to share: the bytes are read-only and live as long as `owner`, which this holds.
    public let elementType: GGUFValueType
    public let count: Int
    /// What keeps the bytes mapped.
    public let owner: MappedFile
    /// The elements, as in the file.
    private let bytes: UnsafeRawBufferPointer
    /// Where in `bytes` each string's length stands; empty for other element types.
    private let stringOffsets: [Int]

    init(
        elementType: GGUFValueType, count: Int, bytes: UnsafeRawBufferPointer,
        stringOffsets: [Int], owner: MappedFile
    ) {
        self.elementType = elementType
        self.count = count
        self.bytes = bytes
        self.stringOffsets = stringOffsets
        self.owner = owner
    }

    /// The bytes of string `index`, in the mapped file: valid as long as this array or its owner is
    /// held. Nil where the elements are not strings or there is no such element. They need not be
    /// UTF-8.
    /// - Complexity: O(1).
    public func stringBytes(at index: Int) -> UnsafeRawBufferPointer? {
        guard stringOffsets.indices.contains(index), let start = bytes.baseAddress else {
            return nil
        }
        let at = start + stringOffsets[index]
        let length = UInt64(littleEndian: at.loadUnaligned(as: UInt64.self))
        return UnsafeRawBufferPointer(start: at + 8, count: Int(length))
    }

    /// All elements of an array of integers, or nil where the elements are not integers or one is
    /// larger than `Int.max`.
    public func integers() -> [Int]? {
        switch elementType {
        case .uint8: elements(UInt8.self).map(Int.init)
        case .int8: elements(Int8.self).map(Int.init)
        case .uint16: elements(UInt16.self).map(Int.init)
        case .int16: elements(Int16.self).map(Int.init)
        case .uint32: elements(UInt32.self).map(Int.init)
        case .int32: elements(Int32.self).map(Int.init)
        case .int64: elements(Int64.self).map(Int.init)
        case .uint64:
            elements(UInt64.self).allSatisfy { $0 <= UInt64(Int.max) }
                ? elements(UInt64.self).map { Int($0) } : nil
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    /// All elements of an array of f32, or nil where the elements are not f32.
    public func floats() -> [Float]? {
        elementType == .float32 ? elements(UInt32.self).map { Float(bitPattern: $0) } : nil
    }

    func append(to digest: SHA256) { digest.append(bytes) }

    private func elements<T: FixedWidthInteger>(_ type: T.Type) -> [T] {
        (0..<count).map {
            T(
                littleEndian: bytes.loadUnaligned(
                    fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self))
        }
    }
}
