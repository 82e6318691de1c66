/// The shape of a Llama model, every number checked to be sane.
public struct LlamaConfiguration: Sendable, Equatable {
    /// Rows of the token embedding.
    public let vocabularySize: Int
    public let hiddenSize: Int
    /// Width of the feed-forward layer.
    public let intermediateSize: Int
    public let layerCount: Int
    public let headCount: Int
    /// Divides `headCount`.
    public let keyValueHeadCount: Int
    /// Even; `headCount * headDimension` need not be `hiddenSize`.
    public let headDimension: Int
    public let rmsNormEpsilon: Float
    public let ropeTheta: Float
    public let ropeScaling: RopeScaling
    /// Tokens that the model was made for.
    public let contextLength: Int
    /// Whether the token embedding is the output matrix as well.
    public let tiedEmbeddings: Bool
    /// How the rows of a head of the query and key matrices are stored: true for GGUF, where rotary
    /// pairs are rows (2i, 2i + 1); false for Hugging Face, where they are (i, i + d/2).
    public let rowsArePairInterleaved: Bool

    public init(
        vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layerCount: Int,
        headCount: Int, keyValueHeadCount: Int, headDimension: Int, rmsNormEpsilon: Float,
        ropeTheta: Float, ropeScaling: RopeScaling, contextLength: Int, tiedEmbeddings: Bool,
        rowsArePairInterleaved: Bool
    ) {
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.keyValueHeadCount = keyValueHeadCount
        self.headDimension = headDimension
        self.rmsNormEpsilon = rmsNormEpsilon
        self.ropeTheta = ropeTheta
        self.ropeScaling = ropeScaling
        self.contextLength = contextLength
        self.tiedEmbeddings = tiedEmbeddings
        self.rowsArePairInterleaved = rowsArePairInterleaved
    }
}
