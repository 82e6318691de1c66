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
    /// Inputs of products in tiles: f32, int8 and bf16. With few rows each thread has its own.
    private let tiled, tiledSums, placed, placedSums, roundedBlocks, roundedPairs: FloatBuffer
    /// Normed rows that adapters read.
    private let normed: FloatBuffer
    /// The most columns of an input.
    private let widest: Int
    /// Sums of adapters' A·x over blocks of columns, [blocks, rows, rankStride].
    private let blockSums: FloatBuffer
    /// Cosines and sines of each row's position, [rows, headDimension].
    let rotations: FloatBuffer
    /// [threads, scratchStride].
    let scratch: FloatBuffer
    private let scratchStride: Int
    private let readAhead: UnsafeMutablePointer<tk_range>
    private let gatheredStart, gatheredStride: Int
    /// Parts of attention that are to be merged; see `AttentionPlan`.
    private(set) var partials: FloatBuffer
    private let configuration: LlamaConfiguration
    /// Rows whose logits are wanted.
    private(set) var logits: FloatBuffer
    /// The most rows of logits that are held at the same time: at most `logitBytes`.
    let logitRowLimit: Int
    private static let logitBytes = 32 << 20

    init(_ configuration: LlamaConfiguration, rows: Int, rank: Int, threads: Int) {
        func padded(_ count: Int) -> Int {
            PackedMatrix.panelCount(count) * PackedMatrix.panelRows
        }
        // An odd number of cache lines: rows that are written one below the other then have
        // different places in the caches.
        func stride(_ count: Int) -> Int { padded(count) + 16 }
        rowCapacity = rows
        rankCapacity = rank
        let queryColumns = configuration.headCount * configuration.headDimension
        hiddenStride = stride(configuration.hiddenSize)
        queryStride = stride(queryColumns)
        keyStride = stride(configuration.keyValueHeadCount * configuration.headDimension)
        feedForwardStride = stride(configuration.intermediateSize)
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
        widest = max(hiddenStride, queryStride, feedForwardStride)
        let tiledRows = max(rows, threads * Self.smallRows)
        tiled = FloatBuffer(tiledRows * widest)
        tiledSums = FloatBuffer(tiledRows * (widest / 32))
        placed = FloatBuffer(tiledRows * widest)
        placedSums = FloatBuffer(tiledRows * (widest / 32))
        roundedBlocks = FloatBuffer(tk_rounded_bytes(TK_Q8_0, widest, tiledRows) / 4)
        roundedPairs = FloatBuffer(tk_rounded_bytes(TK_BF16, widest, tiledRows) / 4)
        normed = FloatBuffer(rows * hiddenStride)
        let blocks = (widest + Int(TK_SUM_BLOCK) - 1) / Int(TK_SUM_BLOCK)
        blockSums = FloatBuffer(blocks * rows * rankStride)
        rotations = FloatBuffer(rows * configuration.headDimension)
        let attentionScratch = AttentionScratch.count(configuration)
        let productScratch = Int(TK_EXPANDED)
        let adapterScratch = Int(TK_FUSED_ROWS) * rankStride
        gatheredStride = max(hiddenStride, queryStride)
        gatheredStart = max(attentionScratch, productScratch, adapterScratch) + 16
        scratchStride = (gatheredStart + Int(TK_TILE) * gatheredStride + 64) / 16 * 16
        self.configuration = configuration
        partials = FloatBuffer(1)
        scratch = FloatBuffer(threads * scratchStride)
        readAhead = .allocate(capacity: threads * ReadAhead.capacity)
        logits = FloatBuffer(vocabularyStride)
        let tile = Int(TK_TILE)
        logitRowLimit = max(1, Self.logitBytes / (vocabularyStride * 4 * tile)) * tile
    }

    deinit { readAhead.deallocate() }

    /// Moves some rows, which are in order, to the front of the residual stream and of the rotations.
    func keepRows(_ rows: [Int], dimension: Int) {
        for (index, row) in rows.enumerated() where row != index {
            (hidden.pointer + index * hiddenStride).update(
                from: hidden.pointer + row * hiddenStride, count: hiddenStride)
            (rotations.pointer + index * dimension).update(
                from: rotations.pointer + row * dimension, count: dimension)
        }
    }

    func reserveLogits(rows: Int) {
        if logits.count < rows * vocabularyStride {
            logits = FloatBuffer(rows * vocabularyStride)
        }
    }

    func reservePartials(_ count: Int) {
        if partials.count < count { partials = FloatBuffer(count * 2) }
    }

    /// Where the inputs of products with matrices of `columns` columns stand, in the wanted forms.
    /// - Parameter owner: the thread whose own they are, with few rows; otherwise 0.
    func inputs(columns: Int, forms: InputForm.Set, owner: Int = 0) -> Inputs {
        var inputs = Inputs(columns: columns)
        let row = owner * Self.smallRows
        if forms.contains(.exact) {
            inputs.exact = Inputs.Tiles(
                values: tiled.pointer + row * widest,
                sums: tiledSums.pointer + row * (widest / 32))
        }
        if forms.contains(.placed) {
            inputs.placed = Inputs.Tiles(
                values: placed.pointer + row * widest,
                sums: placedSums.pointer + row * (widest / 32))
        }
        if forms.contains(.blocks) {
            inputs.blocks =
                UnsafeMutableRawPointer(roundedBlocks.pointer)
                + tk_rounded_bytes(TK_Q8_0, widest, row)
        }
        if forms.contains(.pairs) {
            inputs.pairs =
                UnsafeMutableRawPointer(roundedPairs.pointer)
                + tk_rounded_bytes(TK_BF16, widest, row)
        }
        return inputs
    }

    /// Sums of A·x over block `block` of columns, [rows, rankStride].
    func rankBlocks(_ block: Int) -> UnsafeMutablePointer<Float> {
        blockSums.pointer + block * rowCapacity * rankStride
    }

    /// Normed rows that adapters read, of all threads.
    var inputRows: ActivationRows { ActivationRows(start: normed.pointer, stride: hiddenStride) }

    func attention(from row: Int) -> ActivationRows {
        ActivationRows(start: attention.pointer, stride: queryStride).from(row)
    }

    func activation(from row: Int) -> ActivationRows {
        ActivationRows(start: gate.pointer, stride: feedForwardStride).from(row)
    }

    /// Room for the rows of one tile before they are cut, of one thread.
    func gathered(_ thread: Int) -> ActivationRows {
        ActivationRows(start: scratch(thread) + gatheredStart, stride: gatheredStride)
    }

    func attentionScratch(_ thread: Int) -> AttentionScratch {
        AttentionScratch(configuration, at: scratch(thread))
    }

    private static let smallRows = Int(TK_FUSED_ROWS)

    /// What a thread reads next; see `ReadAhead`.
    func ranges(_ thread: Int) -> UnsafeMutablePointer<tk_range> {
        readAhead + thread * ReadAhead.capacity
    }

    func scratch(_ thread: Int) -> UnsafeMutablePointer<Float> {
        scratch.pointer + thread * scratchStride
    }
}
