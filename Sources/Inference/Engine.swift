import Basics
import CKernels
import ModelFiles

/// A loaded model: its weights, which never change.
///
/// An engine holds one copy of the weights whatever number of adapters and timelines use it.
public final class Engine: Sendable {
    public let configuration: LlamaConfiguration
    let weights: EngineWeights
    /// A table of C functions, which never changes.
    nonisolated(unsafe) let kernels: tk_kernels
    let rotary: RotaryFrequencies

    /// Loads the weights of `file` for the best instruction set of this processor.
    /// - Parameters:
    ///   - quantization: what F32, F16 and BF16 matrices are rounded to; nil: nothing is rounded.
    ///   - engines: matrices that one of these holds in identical bytes are not held again.
    ///   - folder: where packed weights are kept for the next time; nil: nowhere.
    /// - Throws: `malformed`, `unsupported` for tensors that are missing, of an unknown type, or that
    ///   cannot be quantised; `numeric`, naming the tensor, for NaN or infinity; `inputOutput`.
    /// - Complexity: O(weights), on all threads of `workers`; O(tensors) where all are kept.
    public convenience init(
        _ file: ModelFile, workers: Workers, quantization: Quantization? = nil,
        sharing engines: [Engine] = [], keptIn folder: PackedFolder? = nil
    ) throws(TandemError) {
        try self.init(
            file, workers: workers, quantization: quantization, sharing: engines, keptIn: folder,
            kernels: tk_best_kernels().pointee)
    }

    /// - Parameter kernels: those of a chosen instruction set, for tests that compare them.
    package init(
        _ file: ModelFile, workers: Workers, quantization: Quantization? = nil,
        sharing engines: [Engine] = [], keptIn folder: PackedFolder? = nil, kernels: tk_kernels
    ) throws(TandemError) {
        configuration = file.configuration
        weights = try EngineWeights(
            file, workers: workers, quantization: quantization, sharing: engines.map(\.weights),
            folder: folder)
        rotary = RotaryFrequencies(file.configuration)
        self.kernels = kernels
    }

    /// The instruction set in use, such as `AVX-512`.
    public var instructionSet: String { String(cString: kernels.name) }

    /// The best instruction set of this processor.
    package static var bestInstructionSet: String {
        String(cString: tk_best_kernels().pointee.name)
    }

    /// Bytes of packed weights, those that other engines hold too included.
    public var byteCount: Int { Self.byteCount(of: [self]) }

    /// Bytes that another engine, still there, holds too.
    public var sharedByteCount: Int {
        weights.regions.reduce(0) { $0 + ($1.isShared ? $1.range.count : 0) }
    }

    /// Bytes that go when this engine goes.
    public var ownByteCount: Int { byteCount - sharedByteCount }

    /// Bytes of packed weights that `engines` hold together, each counted once.
    public static func byteCount(of engines: [Engine]) -> Int {
        var counted: Set<ObjectIdentifier> = []
        return engines.lazy.flatMap(\.weights.regions).reduce(0) {
            counted.insert(ObjectIdentifier($1)).inserted ? $0 + $1.range.count : $0
        }
    }

    /// What the weights were rounded to while they were loaded.
    public var quantization: Quantization? { weights.quantization }

    /// The file that is being written so that the weights need not be packed again; nil where they
    /// came from such a file, or are not kept.
    public var keptPath: String? { weights.keptPath }

    /// Waits until what `keptPath` names is on the disk, or was given up.
    package func waitUntilKept() { weights.waitUntilKept() }

    /// Bytes of packed weights that a step reads whatever its tokens: all but an untied embedding.
    package var bytesPerStep: Int {
        let embedding = weights.embedding
        return byteCount
            - (configuration.tiedEmbeddings ? 0 : embedding.panelCount * embedding.panelBytes)
    }
}
