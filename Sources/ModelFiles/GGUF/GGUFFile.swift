import Basics

/// A GGUF file, version 2 or 3: its metadata and its tensors, each checked to lie in the file.
///
/// Nothing is known here of architectures: a file with a vocabulary alone opens as well. Format:
/// ggml, "GGUF" specification.
public final class GGUFFile: Sendable {
    public let metadata: GGUFMetadata
    /// The tensors, in the order of the file.
    public let tensors: [Tensor]
    public let mappedFile: MappedFile

    /// - Throws: `notFound`, `inputOutput`; `malformed` where the file breaks the format;
    ///   `unsupported` for other versions, big-endian files and tensor types that are not in
    ///   `TensorType`.
    /// - Complexity: O(keys + tensors + strings in arrays).
    public convenience init(path: String) throws(TandemError) {
        try self.init(MappedFile(path: path))
    }

    init(_ mappedFile: MappedFile) throws(TandemError) {
        var parser = GGUFParser(mappedFile)
        let content = try withExtendedLifetime(mappedFile) { () throws(TandemError) in
            try parser.content()
        }
        self.mappedFile = mappedFile
        metadata = content.metadata
        tensors = content.tensors
    }

    /// Whether `file` begins as every GGUF file does.
    static func hasMagic(_ file: MappedFile) -> Bool {
        withExtendedLifetime(file) { file.bytes.starts(with: "GGUF".utf8) }
    }
}
