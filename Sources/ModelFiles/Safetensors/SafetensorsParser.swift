import Basics

/// Reads and checks the header of a safetensors file.
struct SafetensorsParser {
    private let mapped: MappedFile

    static let maximumHeaderBytes = 100_000_000

    static let floatTypes: [String: TensorType] = ["F32": .f32, "F16": .f16, "BF16": .bf16]

    /// Bytes of one value.
    private static let sizes: [String: Int] = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "F8_E8M0": 1, "U16": 2, "I16": 2,
        "F16": 2, "BF16": 2, "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8, "C64": 8,
    ]

    init(_ mapped: MappedFile) { self.mapped = mapped }

    func content() throws(TandemError) -> (
        entries: [SafetensorsEntry], metadata: [String: String]
    ) {
        let bytes = mapped.bytes
        guard bytes.count >= 8 else {
            throw malformed("\(bytes.count) bytes are too few for a safetensors file")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(Self.maximumHeaderBytes) else {
            throw malformed(
                "the header is \(length) bytes long; at most \(Self.maximumHeaderBytes) are possible"
            )
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= bytes.count else {
            throw malformed("the header is \(length) bytes long, \(bytes.count - 8) are left")
        }
        let header = UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart])
        guard header.first == UInt8(ascii: "{") else {
            throw malformed("the header does not begin with {")
        }
        guard case .object(let object) = try JSON.parse(header, file: mapped.path) else {
            throw malformed("the header is not an object")
        }
        var entries: [SafetensorsEntry] = []
        entries.reserveCapacity(object.count)
        var metadata: [String: String] = [:]
        for (name, value) in object.members {
            if UTF8Key(name) == UTF8Key("__metadata__") {
                metadata = try strings(value)
            } else {
                entries.append(try entry(name, value, dataStart: dataStart))
            }
        }
        try checkCoverage(entries, dataStart: dataStart)
        return (entries, metadata)
    }

    private func strings(_ value: JSON) throws(TandemError) -> [String: String] {
        guard let object = value.object else { throw malformed("__metadata__ is not an object") }
        var strings: [String: String] = [:]
        for (key, value) in object.members {
            guard let string = value.string else {
                throw malformed("__metadata__ has a value that is not a string")
            }
            strings[key] = string
        }
        return strings
    }

    private func entry(_ name: String, _ value: JSON, dataStart: Int) throws(TandemError)
        -> SafetensorsEntry
    {
        let label = "tensor \(name.prefix(120))"
        guard let dtype = value["dtype"]?.string else {
            throw malformed("\(label) has no dtype")
        }
        guard let size = Self.sizes[dtype] else {
            throw TandemError(
                .unsupported, "\(label) has the unknown type \(dtype.prefix(20))",
                file: mapped.path)
        }
        guard let shape = value["shape"]?.array?.map(\.integer) else {
            throw malformed("\(label) has no shape")
        }
        let sizes = shape.compactMap(\.self)
        guard sizes.count == shape.count, let elements = TensorType.elementCount(shape: sizes)
        else {
            throw malformed("\(label) has an impossible shape")
        }
        let (byteCount, overflows) = elements.multipliedReportingOverflow(by: size)
        guard !overflows else { throw malformed("\(label) has an impossible shape") }
        guard let offsets = value["data_offsets"]?.array, offsets.count == 2,
            let begin = offsets[0].integer, let end = offsets[1].integer
        else { throw malformed("\(label) has no data_offsets") }
        guard 0 <= begin, begin <= end, end <= mapped.bytes.count - dataStart else {
            throw malformed(
                "\(label) at \(begin)..<\(end) reaches past the \(mapped.bytes.count - dataStart) "
                    + "bytes of data")
        }
        guard end - begin == byteCount else {
            throw malformed("\(label) takes \(byteCount) bytes, but \(end - begin) are given")
        }
        return SafetensorsEntry(
            name: name, dtype: dtype, shape: sizes, range: dataStart + begin..<dataStart + end)
    }

    /// Every byte of the data belongs to exactly one tensor.
    private func checkCoverage(_ entries: [SafetensorsEntry], dataStart: Int) throws(TandemError) {
        let ordered = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var position = dataStart
        for entry in ordered {
            guard entry.range.lowerBound == position else {
                throw malformed(
                    "tensor \(entry.name.prefix(120)) begins at \(entry.range.lowerBound - dataStart) "
                        + "where \(position - dataStart) is expected: a hole or an overlap")
            }
            position = entry.range.upperBound
        }
        guard position == mapped.bytes.count else {
            throw malformed("\(mapped.bytes.count - position) bytes at the end belong to no tensor")
        }
    }

    private func malformed(_ message: String) -> TandemError {
        TandemError(
            .malformed, message, file: mapped.path,
            remedy: "the file is damaged or not safetensors; fetch it again")
    }
}
