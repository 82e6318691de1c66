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

    /// Packs the weights of `file` for the best instruction set of this processor.
    /// - Throws: `malformed`, `unsupported` for tensors that are missing or of an unknown type;
    ///   `numeric`, naming the tensor, for NaN or infinity.
    /// - Complexity: O(weights), on all threads of `workers`.
    public convenience init(_ file: ModelFile, workers: Workers) throws(TandemError) {
        try self.init(file, workers: workers, kernels: tk_best_kernels().pointee)
    }

    /// - Parameter kernels: those of a chosen instruction set, for tests that compare them.
    package init(_ file: ModelFile, workers: Workers, kernels: tk_kernels) throws(TandemError) {
        configuration = file.configuration
        weights = try EngineWeights(file, workers: workers)
        rotary = RotaryFrequencies(file.configuration)
        self.kernels = kernels
    }

    /// The instruction set in use, such as `AVX-512`.
    public var instructionSet: String { String(cString: kernels.name) }

    /// The best instruction set of this processor.
    package static var bestInstructionSet: String {
        String(cString: tk_best_kernels().pointee.name)
    }

    /// Bytes of packed weights.
    public var byteCount: Int { weights.byteCount }

    /// Bytes of packed weights that a step reads whatever its tokens: all but an untied embedding.
    package var bytesPerStep: Int {
        let embedding = weights.embedding
        return byteCount
            - (configuration.tiedEmbeddings ? 0 : embedding.panelCount * embedding.panelBytes)
    }
}
