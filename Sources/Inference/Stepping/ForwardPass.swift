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
    let attention: AttentionPlan
    /// The rows whose logits are wanted, in pieces whose logits are held at the same time.
    let logitPieces: [[LogitRow]]
    let part: Part
    /// Given to look for the first value that is not finite.
    let inspection: FinitenessInspection?
    private let clock: PhaseClock?

    /// What of the model a pass computes.
    enum Part {
        case whole
        /// All layers but the last, and the last one's keys and values.
        case keys
        /// The last layer, for rows that stand in `space.hidden` as the layers before left them, with
        /// `logitRows` to be read.
        case lastLayer(logitRows: [LogitRow])
    }

    init(
        _ engine: Engine, workers: Workers, batch: Batch, space: Workspace, part: Part = .whole,
        clock: PhaseClock? = nil, inspection: FinitenessInspection? = nil
    ) {
        self.inspection = inspection
        self.clock = clock
        self.engine = engine
        self.workers = workers
        self.batch = batch
        self.space = space
        attention = AttentionPlan(
            engine.configuration, batch, threads: workers.count, isWhole: inspection != nil)
        space.reservePartials(attention.partialCount)
        self.part = part
        let rows: [LogitRow] =
            switch part {
            case .whole: batch.logitRows
            case .keys: []
            case .lastLayer(let logitRows): logitRows
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
        clock?.start()
        workers.run { thread in self.computeLogits(piece, thread) }
        clock?.end(.waiting)
    }

    /// Waits for the other threads; the time since the last call was spent in `phase`.
    func finish(_ phase: PhaseClock.Phase, _ thread: Int) {
        mark(phase, thread)
        workers.barrier(thread)
        mark(.waiting, thread)
    }

    /// The time since the last call was spent in `phase`.
    func mark(_ phase: PhaseClock.Phase, _ thread: Int) {
        if thread == 0 { clock?.end(phase) }
    }

    private func run(_ thread: Int) {
        let layers = engine.weights.layers
        let last = layers.count - 1
        if case .lastLayer = part {
            attend(layers[last], last, thread)
            return feedForward(layers[last], last, thread)
        }
        embed(thread)
        finish(.elementWise, thread)
        for (index, layer) in layers.enumerated() {
            if case .keys = part, index == last {
                projectAttention(layer, index, thread)
                appendKeysAndValues(index, thread)
                return finish(.attention, thread)
            }
            attend(layer, index, thread)
            feedForward(layer, index, thread)
        }
    }

    private func computeLogits(_ rows: [LogitRow], _ thread: Int) {
        if rows.isEmpty { return }
        let tiles = Batch.tiles(rows.count, batch.numerics.arithmetic)
        let output = engine.weights.output
        let inputs = space.inputs(
            columns: engine.configuration.hiddenSize, forms: InputForm.Set(form(of: output)))
        for index in tiles.indices where index % workers.count == thread {
            for row in 0..<tiles[index].count {
                normalize(
                    rows[tiles[index].firstRow + row].place, engine.weights.outputNorm,
                    to: space.gathered(thread)[row])
            }
            cut(tiles[index], of: space.gathered(thread), into: inputs)
        }
        finish(.elementWise, thread)
        let product = Product(
            matrix: output, form: form(of: output), tiles: tiles,
            inputs: inputs, output: space.logits.pointer, stride: space.vocabularyStride)
        // The next step begins with the first layer.
        multiply([product], ReadAhead(engine.weights.layers[0].query, self, thread), thread)
        mark(.head, thread)
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

    private func projectAttention(_ layer: EngineWeights.Layer, _ index: Int, _ thread: Int) {
        let inputs = prepare(
            [layer.query, layer.key, layer.value], .hidden(norm: layer.attentionNorm), thread)
        project(
            [
                Output(layer.query, space.query.pointer, space.queryStride),
                Output(layer.key, space.key.pointer, space.keyStride),
                Output(layer.value, space.value.pointer, space.keyStride),
            ], inputs, index, .attention, thread)
    }

    private func attend(_ layer: EngineWeights.Layer, _ index: Int, _ thread: Int) {
        projectAttention(layer, index, thread)
        attend(layer: index, thread)
        inspect(
            .attention, index, space.attention.pointer, stride: space.queryStride,
            columns: engine.configuration.headCount * engine.configuration.headDimension, thread)
        let attended = prepare([layer.attentionOutput], .attention, thread)
        project(
            [Output(layer.attentionOutput, space.projected.pointer, space.hiddenStride)],
            attended, index, .attentionOutput, thread)
    }

    private func feedForward(_ layer: EngineWeights.Layer, _ index: Int, _ thread: Int) {
        let inputs = prepare(
            [layer.gate, layer.up], .hidden(norm: layer.feedForwardNorm), thread)
        project(
            [
                Output(layer.gate, space.gate.pointer, space.feedForwardStride),
                Output(layer.up, space.up.pointer, space.feedForwardStride),
            ], inputs, index, .feedForward, thread)
        inspect(
            .activation, index, space.gate.pointer, stride: space.feedForwardStride,
            columns: engine.configuration.intermediateSize, thread)
        let activated = prepare([layer.down], .activation, thread)
        project(
            [Output(layer.down, space.projected.pointer, space.hiddenStride)],
            activated, index, .feedForwardOutput, thread)
        inspect(
            .residual, index, space.hidden.pointer, stride: space.hiddenStride,
            columns: engine.configuration.hiddenSize, thread)
    }
}
