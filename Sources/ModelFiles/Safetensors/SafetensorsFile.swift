import Basics

/// A safetensors file: names, shapes and places of its tensors, checked by the format's rules.
///
/// The data section is covered by the tensors without holes, overlaps or a rest. Format:
/// huggingface/safetensors, "Format".
public final class SafetensorsFile: Sendable {
    /// The tensors, in the order of the header.
    public let entries: [SafetensorsEntry]
    /// The header's `__metadata__`.
    public let metadata: [String: String]
    public let mappedFile: MappedFile
    private let index: [UTF8Key: Int]

    /// - Throws: `notFound`, `inputOutput`; `malformed` where the file breaks the format.
    /// - Complexity: O(header).
    public init(path: String) throws(TandemError) {
        mappedFile = try MappedFile(path: path)
        let content = try SafetensorsParser(mappedFile).content()
        entries = content.entries
        metadata = content.metadata
        var index: [UTF8Key: Int] = [:]
        for (position, entry) in content.entries.enumerated() {
            index[UTF8Key(entry.name)] = position
        }
        self.index = index
    }

    public func entry(named name: String) -> SafetensorsEntry? {
        index[UTF8Key(name)].map { entries[$0] }
    }

    /// The tensor called `name`.
    /// - Throws: `notFound`; `unsupported` where it is not F32, F16 or BF16.
    public func tensor(named name: String) throws(TandemError) -> Tensor {
        guard let entry = entry(named: name) else {
            throw TandemError(
                .notFound, "there is no tensor \(name.prefix(120))", file: mappedFile.path)
        }
        guard let type = SafetensorsParser.floatTypes[entry.dtype] else {
            throw TandemError(
                .unsupported,
                "tensor \(name.prefix(120)) has the type \(entry.dtype), which Tandem does not read",
                file: mappedFile.path, remedy: "take a model with F32, F16 or BF16 weights")
        }
        return Tensor(
            name: name, type: type, shape: entry.shape,
            bytes: UnsafeRawBufferPointer(rebasing: mappedFile.bytes[entry.range]),
            owner: mappedFile)
    }
}
