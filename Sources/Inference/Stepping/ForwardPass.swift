import CKernels
import ModelFiles

/// One pass of a batch through the model. Every thread runs the same phases, with a barrier between
/// two of them; each value is computed by one thread, in an order that depends on neither the batch
/// nor the threads.
final class ForwardPass {
    let engine: Engine
    let workers: Workers
    let batch: Batch
    let space: Workspace
    let attention: AttentionScratch
    /// The rows whose logits are wanted, in pieces whose logits are held at the same time.
    let logitPieces: [[LogitRow]]
    /// Set to look for the first value that is not finite.
    var inspection: FinitenessInspection?
    private let clock: PhaseClock?

    init(
        _ engine: Engine, workers: Workers, batch: Batch, space: Workspace, clock: PhaseClock? = nil
    ) {
        self.clock = clock
        self.engine = engine
        self.workers = workers
        self.batch = batch
        self.space = space
        attention = AttentionScratch(engine.configuration)
        let rows = batch.segments.flatMap { segment in
            segment.logitRows.map { LogitRow(segment: segment, row: $0) }
        }
        logitPieces = stride(from: 0, to: rows.count, by: space.logitRowLimit).map {
            Array(rows[$0..<min($0 + space.logitRowLimit, rows.count)])
        }
    }

    /// Computes the batch; afterwards the timelines' chunks hold the new keys and values, and
    /// `space.logits` the logits of the first of `logitPieces`, [rows, vocabularyStride].
    func run() {
        let first = logitPieces.first ?? []
        space.reserveLogits(rows: first.count)
        clock?.start()
        workers.run { thread in
            self.run(thread)
            self.computeLogits(first, thread)
        }
        if !first.isEmpty { clock?.end(.waiting) }
    }

    /// Puts the logits of a later piece in the place of those before.
    func runLogits(_ piece: [LogitRow]) {
        space.reserveLogits(rows: piece.count)
        workers.run { thread in self.computeLogits(piece, thread) }
    }

    /// Waits for the other threads; the time since the last call was spent in `phase`.
    func finish(_ phase: PhaseClock.Phase, _ thread: Int) {
        if thread == 0 { clock?.end(phase) }
        workers.barrier(thread)
        if thread == 0 { clock?.end(.waiting) }
    }

    private func run(_ thread: Int) {
        embed(thread)
        finish(.elementWise, thread)
        for (index, layer) in engine.weights.layers.enumerated() {
            attend(layer, index, thread)
            feedForward(layer, index, thread)
        }
    }

    private func computeLogits(_ rows: [LogitRow], _ thread: Int) {
        if rows.isEmpty { return }
        let tiles = Batch.tiles(rows.count)
        let size = engine.configuration.hiddenSize
        for index in tiles.indices where index % workers.count == thread {
            tile(
                tiles[index], columns: size, norm: engine.weights.outputNorm,
                to: space.tiled.pointer + tiles[index].firstRow * size, thread
            ) {
                space.hidden.pointer
                    + (rows[$0].segment.firstRow + rows[$0].row) * space.hiddenStride
            }
        }
        finish(.elementWise, thread)
        multiply(
            [
                Product(
                    matrix: engine.weights.output, tiles: tiles, rowCount: rows.count,
                    input: space.tiled.pointer, output: space.logits.pointer,
                    stride: space.vocabularyStride)
            ], thread)
        if thread == 0 { clock?.end(.head) }
    }

    /// Reads the tokens' embeddings, and the rotations of their positions.
    private func embed(_ thread: Int) {
        for segment in batch.segments {
            for (offset, token) in segment.tokens.enumerated() {
                let row = segment.firstRow + offset
                guard row % workers.count == thread else { continue }
                engine.weights.embedding.copyRow(
                    Int(token), kernels: engine.kernels, scratch: space.scratch(thread),
                    to: space.hidden.pointer + row * space.hiddenStride)
                engine.rotary.write(
                    position: segment.firstPosition + offset,
                    to: space.rotations.pointer + row * engine.configuration.headDimension)
            }
        }
    }

    private func attend(_ layer: EngineWeights.Layer, _ index: Int, _ thread: Int) {
        let size = engine.configuration.hiddenSize
        prepare(
            space.hidden, space.hiddenStride, columns: size, norm: layer.attentionNorm, thread)
        finish(.elementWise, thread)
        let outputs = [
            (layer.query, space.query.pointer, space.queryStride),
            (layer.key, space.key.pointer, space.keyStride),
            (layer.value, space.value.pointer, space.keyStride),
        ]
        project(outputs, index, .attention, thread)
        appendKeysAndValues(index, thread)
        finish(.attention, thread)
        attend(layer: index, thread)
        finish(.attention, thread)
        let columns = engine.configuration.headCount * engine.configuration.headDimension
        inspect(
            .attention, index, space.attention.pointer, stride: space.queryStride,
            columns: columns, thread)
        prepare(space.attention, space.queryStride, columns: columns, norm: nil, thread)
        finish(.elementWise, thread)
        project(
            [(layer.attentionOutput, space.projected.pointer, space.hiddenStride)], index,
            .attentionOutput, thread)
        addProjected(thread)
        finish(.elementWise, thread)
    }

    private func feedForward(_ layer: EngineWeights.Layer, _ index: Int, _ thread: Int) {
        let size = engine.configuration.hiddenSize
        prepare(
            space.hidden, space.hiddenStride, columns: size, norm: layer.feedForwardNorm, thread)
        finish(.elementWise, thread)
        let outputs = [
            (layer.gate, space.gate.pointer, space.feedForwardStride),
            (layer.up, space.up.pointer, space.feedForwardStride),
        ]
        project(outputs, index, .feedForward, thread)
        // The padding of a row is zeros, and stays so.
        for row in rows(thread) {
            engine.kernels.silu_multiply(
                space.gate.pointer + row * space.feedForwardStride,
                space.up.pointer + row * space.feedForwardStride, space.feedForwardStride)
        }
        finish(.elementWise, thread)
        inspect(
            .activation, index, space.gate.pointer, stride: space.feedForwardStride,
            columns: engine.configuration.intermediateSize, thread)
        prepare(
            space.gate, space.feedForwardStride, columns: engine.configuration.intermediateSize,
            norm: nil, thread)
        finish(.elementWise, thread)
        project(
            [(layer.down, space.projected.pointer, space.hiddenStride)], index,
            .feedForwardOutput, thread)
        addProjected(thread)
        finish(.elementWise, thread)
        inspect(
            .residual, index, space.hidden.pointer, stride: space.hiddenStride, columns: size,
            thread)
    }

    private func rows(_ thread: Int) -> Range<Int> { workers.share(batch.rowCount, of: thread) }

    private func addProjected(_ thread: Int) {
        for row in rows(thread) {
            engine.kernels.add(
                space.hidden.pointer + row * space.hiddenStride,
                space.projected.pointer + row * space.hiddenStride, space.hiddenStride)
        }
    }
}
