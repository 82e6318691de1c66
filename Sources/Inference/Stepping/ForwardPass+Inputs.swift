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
            let rows = rows(0..<batch.rowCount, of: source, to: space.gathered(thread), thread)
            for tile in batch.tiles { cut(tile, of: rows.from(tile.firstRow), into: inputs) }
            inputs.rows = rows
            mark(.elementWise, thread)
            return inputs
        }
        workers.take(batch.tiles.count) { index in
            let tile = batch.tiles[index]
            let kept =
                batch.adapters.isEmpty
                ? space.gathered(thread) : space.inputRows.from(tile.firstRow)
            let rows = rows(tile.firstRow..<tile.end, of: source, to: kept, thread)
            cut(tile, of: rows, into: inputs)
        }
        // Where all of them begin.
        inputs.rows = rows(0..<0, of: source, to: space.inputRows, thread)
        finish(.elementWise, thread)
        return inputs
    }

    /// Rows of a source: where they stand already, or else in `target`.
    private func rows(
        _ range: Range<Int>, of source: Source, to target: ActivationRows, _ thread: Int
    ) -> ActivationRows {
        switch source {
        case .hidden(let norm):
            for (index, row) in range.enumerated() { normalize(row, norm, to: target[index]) }
            return target
        case .attention:
            if !attention.isSplit { return space.attention(from: range.lowerBound) }
            for (index, row) in range.enumerated() {
                mergeAttention(of: row, to: target[index], thread)
            }
            return target
        case .activation: return space.activation(from: range.lowerBound)
        }
    }

    /// The norm of a row of the residual stream.
    func normalize(_ row: Int, _ norm: [Float], to output: UnsafeMutablePointer<Float>) {
        engine.kernels.rms_norm(
            space.hidden.pointer + row * space.hiddenStride, norm,
            engine.configuration.hiddenSize, engine.configuration.rmsNormEpsilon, output)
    }

    /// A tile, whose rows are the first of `rows`, in each tiled form that `inputs` has.
    func cut(_ tile: Batch.Tile, of rows: ActivationRows, into inputs: Inputs) {
        let kernels = engine.kernels
        let columns = inputs.columns
        for (type, tiles) in [(TK_F32, inputs.exact), (TK_Q4_0, inputs.placed)] {
            guard let tiles else { continue }
            kernels.interleave(
                type, rows.start, rows.stride, columns, Int32(tile.count),
                tiles.values + tile.firstRow * columns,
                tiles.sums + tile.firstRow * (columns / 32))
        }
        for (type, tiles) in [(TK_Q8_0, inputs.blocks), (TK_BF16, inputs.pairs)] {
            guard let tiles else { continue }
            kernels.round_rows(
                type, rows.start, rows.stride, columns, Int32(tile.count),
                tiles + tk_rounded_bytes(type, columns, tile.firstRow))
        }
    }
}
