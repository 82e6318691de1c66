import CKernels
import ModelFiles

/// The activations of one forward pass. All are [rows, stride] in f32, row after row, unless stated.
final class Workspace {
    let rowCapacity: Int
    let rankCapacity: Int

    let hiddenStride: Int
    let queryStride: Int
    let keyStride: Int
    let feedForwardStride: Int
    let vocabularyStride: Int
    let rankStride: Int

    /// The residual stream.
    let hidden: FloatBuffer
    let query, key, value: FloatBuffer
    let attention: FloatBuffer
    let gate, up: FloatBuffer
    /// What a projection adds to the residual stream.
    let projected: FloatBuffer
    /// Inputs of a product in tiles, [columns, tile rows] each: for the base and for adapters.
    let tiled, adapterTiled: FloatBuffer
    /// A·x of adapters.
    let ranks: FloatBuffer
    /// Cosines and sines of each row's position, [rows, headDimension].
    let rotations: FloatBuffer
    /// [threads, scratchStride].
    let scratch: FloatBuffer
    let scratchStride: Int
    /// Rows whose logits are wanted.
    private(set) var logits: FloatBuffer
    /// The most rows of logits that are held at the same time: at most `logitBytes`.
    let logitRowLimit: Int
    private static let logitBytes = 32 << 20

    init(_ configuration: LlamaConfiguration, rows: Int, rank: Int, threads: Int) {
        func padded(_ count: Int) -> Int {
            PackedMatrix.panelCount(count) * PackedMatrix.panelRows
        }
        rowCapacity = rows
        rankCapacity = rank
        let queryColumns = configuration.headCount * configuration.headDimension
        hiddenStride = padded(configuration.hiddenSize)
        queryStride = padded(queryColumns)
        keyStride = padded(configuration.keyValueHeadCount * configuration.headDimension)
        feedForwardStride = padded(configuration.intermediateSize)
        vocabularyStride = padded(configuration.vocabularySize)
        rankStride = padded(max(rank, 1))
        hidden = FloatBuffer(rows * hiddenStride)
        query = FloatBuffer(rows * queryStride)
        key = FloatBuffer(rows * keyStride)
        value = FloatBuffer(rows * keyStride)
        attention = FloatBuffer(rows * queryStride)
        gate = FloatBuffer(rows * feedForwardStride)
        up = FloatBuffer(rows * feedForwardStride)
        projected = FloatBuffer(rows * hiddenStride)
        let widest = max(hiddenStride, queryStride, feedForwardStride)
        tiled = FloatBuffer(rows * widest)
        adapterTiled = FloatBuffer(rows * widest)
        ranks = FloatBuffer(rows * rankStride)
        rotations = FloatBuffer(rows * configuration.headDimension)
        let attentionScratch = AttentionScratch(configuration).count
        let productScratch = Int(TK_SUM_BLOCK) * PackedMatrix.panelRows
        let adapterScratch = rows * (rankStride + PackedMatrix.panelRows) + productScratch
        scratchStride = max(attentionScratch, productScratch, adapterScratch, widest) + 64
        scratch = FloatBuffer(threads * scratchStride)
        logits = FloatBuffer(vocabularyStride)
        let tile = Int(TK_TILE)
        logitRowLimit = max(1, Self.logitBytes / (vocabularyStride * 4 * tile)) * tile
    }

    func reserveLogits(rows: Int) {
        if logits.count < rows * vocabularyStride {
            logits = FloatBuffer(rows * vocabularyStride)
        }
    }

    func scratch(_ thread: Int) -> UnsafeMutablePointer<Float> {
        scratch.pointer + thread * scratchStride
    }
}
