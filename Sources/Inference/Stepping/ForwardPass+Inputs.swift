import CKernels

extension ForwardPass {
    /// Where the inputs of products come from.
    enum Source {
        case hidden(norm: [Float])
        case attention
        case activation
    }

    /// What a product with `matrix` reads.
    func form(of matrix: PackedMatrix) -> InputForm {
        if batch.numerics.arithmetic == .exact {
            let isPlaced = engine.kernels.places_nibbles != 0 && matrix.type.hasNibbles
            return isPlaced ? .placed : .exact
        }
        switch matrix.type {
        case TK_F32, TK_F16: return .exact
        case TK_BF16, TK_BF16_COMPRESSED: return .pairs
        default: return .blocks
        }
    }

    /// Cuts all rows into the tiles that products with `matrices` read.
    ///
    /// With few rows each thread makes tiles of its own; otherwise they share the work, and wait.
    func prepare(_ matrices: [PackedMatrix], _ source: Source, _ thread: Int) -> Inputs {
        var forms: InputForm.Set = []
        for matrix in matrices { forms.insert(InputForm.Set(form(of: matrix))) }
        var inputs = space.inputs(
            columns: matrices[0].columns, forms: forms, owner: batch.isSmall ? thread : 0)
        if batch.isSmall {
            let rows = space.gathered(thread)
            gather(0..<batch.rowCount, source, to: rows, thread)
            for tile in batch.tiles { cut(tile, of: rows, into: inputs) }
            inputs.rows = rows
            mark(.elementWise, thread)
            return inputs
        }
        workers.take(batch.tiles.count) { index in
            let tile = batch.tiles[index]
            let rows =
                batch.adapters.isEmpty
                ? space.gathered(thread) : space.inputRows.pointer + tile.firstRow * space.widest
            gather(tile.firstRow..<tile.end, source, to: rows, thread)
            cut(tile, of: rows, into: inputs)
        }
        inputs.rows = space.inputRows.pointer
        finish(.elementWise, thread)
        return inputs
    }

    /// Puts some rows of a source one after another, [rows, widest].
    private func gather(
        _ rows: Range<Int>, _ source: Source, to output: UnsafeMutablePointer<Float>, _ thread: Int
    ) {
        let columns = engine.configuration.hiddenSize
        for (index, row) in rows.enumerated() {
            let target = output + index * space.widest
            switch source {
            case .hidden(let norm):
                engine.kernels.rms_norm(
                    space.hidden.pointer + row * space.hiddenStride, norm, columns,
                    engine.configuration.rmsNormEpsilon, target)
            case .attention: writeAttention(of: row, to: target, thread)
            case .activation:
                target.update(
                    from: space.gate.pointer + row * space.feedForwardStride,
                    count: engine.configuration.intermediateSize)
            }
        }
    }

    /// One tile of rows [tile rows, widest], in each tiled form that `inputs` has.
    func cut(_ tile: Batch.Tile, of rows: UnsafeMutablePointer<Float>, into inputs: Inputs) {
        let kernels = engine.kernels
        let columns = inputs.columns
        for (type, tiles) in [(TK_F32, inputs.exact), (TK_Q4_0, inputs.placed)] {
            guard let tiles else { continue }
            kernels.interleave(
                type, rows, space.widest, columns, Int32(tile.count),
                tiles.values + tile.firstRow * columns,
                tiles.sums + tile.firstRow * (columns / 32))
        }
        for (type, tiles) in [(TK_Q8_0, inputs.blocks), (TK_BF16, inputs.pairs)] {
            guard let tiles else { continue }
            kernels.round_rows(
                type, rows, space.widest, columns, Int32(tile.count),
                tiles + tk_rounded_bytes(type, columns, tile.firstRow))
        }
    }
}
