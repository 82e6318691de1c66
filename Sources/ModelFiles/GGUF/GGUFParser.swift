import Basics

/// Reads the header, metadata and tensor descriptions of a GGUF file.
///
/// Every count and length is compared with the bytes that remain before anything is allocated for
/// it.
struct GGUFParser {
    let mapped: MappedFile
    var reader: ByteReader
    var alignment = 32

    static let maximumKeyBytes = 65_535
    static let maximumNameBytes = 63

    init(_ mapped: MappedFile) {
        self.mapped = mapped
        reader = ByteReader(mapped.bytes, file: mapped.path)
    }

    mutating func content() throws(TandemError) -> (metadata: GGUFMetadata, tensors: [Tensor]) {
        let counts = try header()
        var metadata = GGUFMetadata(path: mapped.path)
        for _ in 0..<counts.pairs { try readPair(into: &metadata) }
        var descriptions: [GGUFTensorDescription] = []
        descriptions.reserveCapacity(counts.tensors)
        var names: Set<UTF8Key> = []
        for _ in 0..<counts.tensors {
            let description = try tensorDescription()
            guard names.insert(UTF8Key(description.name)).inserted else {
                throw malformed("the tensor \(description.name) is described twice")
            }
            descriptions.append(description)
        }
        return (metadata, try tensors(descriptions))
    }

    // MARK: - Header

    private mutating func header() throws(TandemError) -> (tensors: Int, pairs: Int) {
        guard GGUFFile.hasMagic(mapped) else {
            throw malformed("not a GGUF file: it does not begin with the letters GGUF")
        }
        _ = try reader.take(4, "the magic number")
        let version: UInt32 = try reader.integer("the version")
        guard version == 2 || version == 3 else { throw wrongVersion(version) }
        let tensorCount: UInt64 = try reader.integer("the number of tensors")
        let pairCount: UInt64 = try reader.integer("the number of keys")
        return (
            tensors: try count(tensorCount, each: 33, "tensors"),
            pairs: try count(pairCount, each: 14, "keys")
        )
    }

    private func wrongVersion(_ version: UInt32) -> TandemError {
        if version.byteSwapped == 2 || version.byteSwapped == 3 {
            return TandemError(
                .unsupported, "a big-endian GGUF file", file: mapped.path,
                remedy: "convert it again on a little-endian machine")
        }
        return TandemError(
            .unsupported, "GGUF version \(version); versions 2 and 3 are known", file: mapped.path,
            remedy: "convert the model again with a current llama.cpp")
    }

    /// `value` as a count of things that take at least `each` bytes of what remains.
    private func count(_ value: UInt64, each: Int, _ what: String) throws(TandemError) -> Int {
        guard let count = Int(exactly: value), count <= reader.remaining / each else {
            throw malformed(
                "\(value) \(what) cannot be in the \(reader.remaining) bytes that remain")
        }
        return count
    }

    // MARK: - Metadata

    private mutating func readPair(into metadata: inout GGUFMetadata) throws(TandemError) {
        let key = try text("a key", limit: Self.maximumKeyBytes)
        let typeCode: UInt32 = try reader.integer("the type of a value")
        guard let type = GGUFValueType(rawValue: typeCode) else {
            throw malformed("the key \(shown(key)) has the unknown value type \(typeCode)")
        }
        let value = try value(of: type, key: key)
        guard metadata.appendIfAbsent(key, value) else {
            throw malformed("the key \(shown(key)) is there twice")
        }
        if UTF8Key(key) == UTF8Key("general.alignment") {
            alignment = try checkedAlignment(value, type)
        }
    }

    private func checkedAlignment(_ value: GGUFValue, _ type: GGUFValueType) throws(TandemError)
        -> Int
    {
        guard type == .uint32, let alignment = value.integer, alignment > 0,
            alignment & (alignment - 1) == 0
        else { throw malformed("general.alignment must be a power of two, as a 32-bit unsigned") }
        return alignment
    }

    private mutating func value(of type: GGUFValueType, key: String) throws(TandemError)
        -> GGUFValue
    {
        let what = "a metadata value"
        switch type {
        case .uint8: return .unsigned(UInt64(try reader.integer(what, as: UInt8.self)))
        case .uint16: return .unsigned(UInt64(try reader.integer(what, as: UInt16.self)))
        case .uint32: return .unsigned(UInt64(try reader.integer(what, as: UInt32.self)))
        case .uint64: return .unsigned(try reader.integer(what))
        case .int8: return .signed(Int64(try reader.integer(what, as: Int8.self)))
        case .int16: return .signed(Int64(try reader.integer(what, as: Int16.self)))
        case .int32: return .signed(Int64(try reader.integer(what, as: Int32.self)))
        case .int64: return .signed(try reader.integer(what))
        case .float32: return .float(Double(try reader.float(what)))
        case .float64: return .float(try reader.double(what))
        case .bool: return .bool(try bool(key))
        case .string: return .string(try text("the value of \(shown(key))", limit: .max))
        case .array: return .array(try array(key))
        }
    }

    private mutating func bool(_ key: String) throws(TandemError) -> Bool {
        let byte: UInt8 = try reader.integer("a boolean")
        guard byte <= 1 else { throw malformed("the boolean \(shown(key)) is \(byte)") }
        return byte == 1
    }

    private mutating func array(_ key: String) throws(TandemError) -> GGUFArray {
        let typeCode: UInt32 = try reader.integer("the type of an array's elements")
        guard let type = GGUFValueType(rawValue: typeCode) else {
            throw malformed("the array \(shown(key)) has the unknown element type \(typeCode)")
        }
        guard type != .array else {
            throw TandemError(
                .unsupported, "the value of \(shown(key)) is an array of arrays", file: mapped.path)
        }
        let length: UInt64 = try reader.integer("the length of an array")
        let count = try count(length, each: type.minimumBytes, "elements of \(shown(key))")
        if type == .string { return try stringArray(key, count: count) }
        return GGUFArray(
            elementType: type, count: count,
            bytes: try reader.take(count * type.minimumBytes, "an array"), stringOffsets: [],
            owner: mapped)
    }

    private mutating func stringArray(_ key: String, count: Int) throws(TandemError) -> GGUFArray {
        let rest = UnsafeRawBufferPointer(rebasing: mapped.bytes[reader.position...])
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        var position = 0
        for index in 0..<count {
            guard rest.count - position >= 8 else {
                throw malformed("the file ends inside element \(index) of \(shown(key))")
            }
            let length = UInt64(
                littleEndian: rest.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            guard length <= UInt64(rest.count - position - 8) else {
                throw malformed(
                    "element \(index) of \(shown(key)) is \(length) bytes long, "
                        + "\(rest.count - position - 8) are left")
            }
            offsets.append(position)
            position += 8 + Int(length)
        }
        return GGUFArray(
            elementType: .string, count: count, bytes: try reader.take(position, "an array"),
            stringOffsets: offsets, owner: mapped)
    }

    // MARK: - Strings

    mutating func text(_ what: String, limit: Int) throws(TandemError) -> String {
        let length: UInt64 = try reader.integer(what)
        guard let count = Int(exactly: length), count <= limit, count <= reader.remaining else {
            throw malformed("\(what) is \(length) bytes long; \(reader.remaining) bytes remain")
        }
        guard limit == .max || count > 0 else { throw malformed("\(what) is empty") }
        let bytes = try reader.take(count, what)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed("\(what) is not UTF-8")
        }
        return text
    }

    private func shown(_ key: String) -> String {
        key.utf8.count <= 80 ? key : String(key.prefix(60)) + "…"
    }

    func malformed(_ message: String) -> TandemError {
        TandemError(
            .malformed, message, file: mapped.path,
            remedy: "the file is damaged or was not written as GGUF; fetch or convert it again")
    }
}
