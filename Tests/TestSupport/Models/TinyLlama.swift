import Basics
import ModelFiles

/// A small Llama with random weights, to be written in any format; the weights depend on the shape
/// and the seed alone.
public struct TinyLlama: Sendable {
    /// As a Hugging Face folder describes it.
    public let configuration: LlamaConfiguration
    public let seed: UInt64

    /// - Parameter hiddenSize: a multiple of 32 for types in blocks of 32, of 256 for K types; so is
    ///   `intermediateSize`, and `headCount * headDimension`.
    /// - Parameter headDimension: nil: `hiddenSize / headCount`.
    public init(
        vocabularySize: Int = TinyVocabulary.size, hiddenSize: Int = 64, intermediateSize: Int = 96,
        layerCount: Int = 2, headCount: Int = 4, keyValueHeadCount: Int = 2,
        headDimension: Int? = nil, ropeTheta: Float = 10000, ropeScaling: RopeScaling = .none,
        contextLength: Int = 128, tiedEmbeddings: Bool = true, seed: UInt64 = 1
    ) {
        configuration = LlamaConfiguration(
            vocabularySize: vocabularySize, hiddenSize: hiddenSize,
            intermediateSize: intermediateSize, layerCount: layerCount, headCount: headCount,
            keyValueHeadCount: keyValueHeadCount,
            headDimension: headDimension ?? hiddenSize / headCount, rmsNormEpsilon: 1e-5,
            ropeTheta: ropeTheta, ropeScaling: ropeScaling, contextLength: contextLength,
            tiedEmbeddings: tiedEmbeddings, rowsArePairInterleaved: false)
        self.seed = seed
    }

    /// The smallest model whose rows fit the blocks of every type.
    public static func forAnyType(seed: UInt64 = 1) -> TinyLlama {
        TinyLlama(hiddenSize: 256, intermediateSize: 512, headCount: 4, seed: seed)
    }

    /// The weights of `which`, rows in the order of Hugging Face: norms around 1, matrices with
    /// variance 1 / columns.
    public func values(of which: LlamaTensor) -> [Float] {
        let shape = which.shape(in: configuration)
        let count = shape.reduce(1, *)
        if shape.count == 1 {
            return Self.random(seed, which.hfName, count).map { 1 + 0.2 * $0 }
        }
        let spread = (3 / Float(shape[1])).squareRoot()
        return Self.random(seed, which.hfName, count).map { spread * $0 }
    }

    /// `count` numbers in [−1, 1) that belong to `name`.
    static func random(_ seed: UInt64, _ name: String, _ count: Int) -> [Float] {
        let stream = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        let numbers = CounterRandom(seed: seed, stream: stream)
        return (0..<count).map { Float(numbers.unit(at: UInt64($0)) * 2 - 1) }
    }
}
