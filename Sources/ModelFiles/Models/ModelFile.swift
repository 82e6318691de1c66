import Basics
import Synchronization

/// A model on disk: its description and its tensors, all present and of the right shape.
///
/// The weights are mapped, not read: opening costs the same for any size.
public final class ModelFile: Sendable {
    public enum Format: String, Sendable {
        case gguf, huggingFace
    }

    /// The path that was opened.
    public let path: String
    public let format: Format
    public let configuration: LlamaConfiguration
    public let vocabulary: VocabularySource
    public let generation: GenerationDefaults
    /// The type that most of the weights' bytes have, such as `Q4_1`.
    public let typeLabel: String
    /// Size of the weight files.
    public let byteCount: Int
    /// Values in all tensors.
    public let parameterCount: Int
    private let tensors: [LlamaTensor: Tensor]
    /// The weight files, sorted by name.
    private let files: [MappedFile]
    private let knownDigest = Mutex<String?>(nil)

    /// Opens a GGUF file, told by its first bytes, or a Hugging Face folder.
    ///
    /// - Throws: `notFound`, `inputOutput`; `malformed` and `mismatch`, naming the field or tensor;
    ///   `unsupported` where the model is not one that Tandem runs.
    /// - Complexity: O(tensors + vocabulary) for GGUF, O(tensors) for a folder.
    public static func open(path: String) throws(TandemError) -> ModelFile {
        if FilePath.isFolder(path) { return try HuggingFaceFolder(path).model() }
        let mapped = try MappedFile(path: path)
        guard GGUFFile.hasMagic(mapped) else {
            let isSafetensors = path.utf8.suffix(12).elementsEqual(".safetensors".utf8)
            throw TandemError(
                .malformed, "not a GGUF file: it does not begin with the letters GGUF", file: path,
                remedy: isSafetensors
                    ? "give the folder that the file is in"
                    : "give a GGUF file or a folder with config.json and safetensors")
        }
        return try gguf(GGUFFile(mapped), path: path)
    }

    init(
        path: String, format: Format, configuration: LlamaConfiguration,
        vocabulary: VocabularySource, generation: GenerationDefaults,
        tensors: [LlamaTensor: Tensor], files: [MappedFile]
    ) throws(TandemError) {
        for which in LlamaTensor.all(of: configuration) {
            let name = format == .gguf ? which.ggufName : which.hfName
            guard let tensor = tensors[which] else {
                throw TandemError(.malformed, "the tensor \(name) is missing", file: path)
            }
            let shape = which.shape(in: configuration)
            guard tensor.shape == shape else {
                throw TandemError(
                    .mismatch,
                    "the tensor \(name) has the shape \(tensor.shape); \(shape) is expected",
                    file: tensor.owner.path)
            }
        }
        self.path = path
        self.format = format
        self.configuration = configuration
        self.vocabulary = vocabulary
        self.generation = generation
        self.tensors = tensors
        self.files = files
        typeLabel = ModelFile.typeLabel(tensors.values)
        byteCount = files.reduce(0) { $0 + $1.bytes.count }
        parameterCount = tensors.values.reduce(0) { $0 + $1.elementCount }
    }

    /// The tensor that plays the part `which`.
    ///
    /// Its shape is `which.shape(in: configuration)`. Where the embeddings are tied there is no
    /// `.output`: the token embedding serves.
    public func tensor(_ which: LlamaTensor) throws(TandemError) -> Tensor {
        guard let tensor = tensors[which] else {
            throw TandemError(
                .notFound,
                "there is no tensor \(format == .gguf ? which.ggufName : which.hfName)", file: path)
        }
        return tensor
    }

    /// Which files the weights are in, and their versions.
    public var identities: [FileIdentity] { files.map(\.identity) }

    /// Whether nobody has written to the weight files since they were opened.
    public var isUnchanged: Bool { files.allSatisfy(\.isUnchanged) }

    /// Tells the system that the weights will not be read soon: their pages leave this process's
    /// memory, and come back when they are read.
    public func releasePages() {
        for file in files { file.release(0..<file.bytes.count) }
    }

    /// The SHA-256 of the weight files' bytes, one file after another sorted by name, in hexadecimal.
    /// - Complexity: O(bytes) the first time; reads all of them.
    public func sha256() -> String {
        knownDigest.withLock { known in
            if let known { return known }
            let digest = SHA256.hex(joining: files)
            known = digest
            return digest
        }
    }

    private static func typeLabel(_ tensors: some Sequence<Tensor>) -> String {
        var bytes: [TensorType: Int] = [:]
        for tensor in tensors { bytes[tensor.type, default: 0] += tensor.bytes.count }
        let types = TensorType.allCases.filter { bytes[$0] != nil }
        return types.max { bytes[$0, default: 0] < bytes[$1, default: 0] }?.rawValue ?? ""
    }
}
