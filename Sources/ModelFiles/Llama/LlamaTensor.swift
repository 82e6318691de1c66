/// The tensors of a Llama model; the number is the layer.
public enum LlamaTensor: Hashable, Sendable {
    case tokenEmbedding
    case outputNorm
    case output
    case attentionNorm(Int)
    case query(Int)
    case key(Int)
    case value(Int)
    case attentionOutput(Int)
    case feedForwardNorm(Int)
    case gate(Int)
    case up(Int)
    case down(Int)

    /// The tensors of layer `index`.
    public static func layer(_ index: Int) -> [LlamaTensor] {
        [
            .attentionNorm(index), .query(index), .key(index), .value(index),
            .attentionOutput(index), .feedForwardNorm(index), .gate(index), .up(index),
            .down(index),
        ]
    }

    /// Every tensor of a model of `configuration`; the output matrix only where it is not tied.
    public static func all(of configuration: LlamaConfiguration) -> [LlamaTensor] {
        [.tokenEmbedding, .outputNorm] + (configuration.tiedEmbeddings ? [] : [.output])
            + (0..<configuration.layerCount).flatMap(layer)
    }

    /// The layer this belongs to.
    public var layer: Int? {
        switch self {
        case .tokenEmbedding, .outputNorm, .output: nil
        case .attentionNorm(let layer), .query(let layer), .key(let layer), .value(let layer),
            .attentionOutput(let layer), .feedForwardNorm(let layer), .gate(let layer),
            .up(let layer), .down(let layer):
            layer
        }
    }

    /// The sizes in a model of `configuration`, outermost first.
    public func shape(in configuration: LlamaConfiguration) -> [Int] {
        let hidden = configuration.hiddenSize
        let queries = configuration.headCount * configuration.headDimension
        let keys = configuration.keyValueHeadCount * configuration.headDimension
        return switch self {
        case .tokenEmbedding, .output: [configuration.vocabularySize, hidden]
        case .outputNorm, .attentionNorm, .feedForwardNorm: [hidden]
        case .query: [queries, hidden]
        case .key, .value: [keys, hidden]
        case .attentionOutput: [hidden, queries]
        case .gate, .up: [configuration.intermediateSize, hidden]
        case .down: [hidden, configuration.intermediateSize]
        }
    }
}
