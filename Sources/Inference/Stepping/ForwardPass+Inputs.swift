import CKernels

extension ForwardPass {
    /// What a product with `matrix` reads.
    func form(of matrix: PackedMatrix) -> InputForm {
        if batch.numerics.arithmetic == .exact { return .exact }
        if matrix.type == TK_BF16 { return .pairs }
        return matrix.type == TK_F32 || matrix.type == TK_F16 ? .exact : .blocks
    }

    /// Cuts all rows into the tiles that products with `matrices` read, and those of adapters.
    ///
    /// With few rows each thread makes tiles of its own; otherwise they share the work, and wait.
    /// - Parameters:
    ///   - norm: the weights of an RMS norm to apply to each row first.
    ///   - source: where a row begins.
    func prepare(
        _ matrices: [PackedMatrix], norm: [Float]?, _ thread: Int,
        source: (Int) -> UnsafeMutablePointer<Float>
    ) -> Inputs {
        let columns = matrices[0].columns
        var forms: InputForm.Set = []
        for matrix in matrices { forms.insert(InputForm.Set(form(of: matrix))) }
        let owner = batch.isSmall ? thread : 0
        let inputs = space.inputs(columns: columns, forms: forms, owner: owner)
        var unit = 0
        func isMine() -> Bool {
            defer { unit += 1 }
            return batch.isSmall || unit % workers.count == thread
        }
        for tile in batch.tiles where isMine() {
            cut(tile, into: inputs, norm: norm, thread, source: source)
        }
        for rows in batch.adapters {
            let own = space.adapterInputs(columns: columns, owner: owner, firstRow: rows.firstRow)
            for tile in rows.tiles where isMine() {
                cut(tile, into: own, norm: norm, thread) { source(rows.firstRow + $0) }
            }
        }
        if batch.isSmall { mark(.elementWise, thread) } else { finish(.elementWise, thread) }
        return inputs
    }

    /// One tile of rows, in each form that `inputs` has.
    func cut(
        _ tile: Batch.Tile, into inputs: Inputs, norm: [Float]?, _ thread: Int,
        source: (Int) -> UnsafeMutablePointer<Float>
    ) {
        let kernels = engine.kernels
        let columns = inputs.columns
        let scratch = space.scratch(thread)
        for row in 0..<tile.count {
            var values = source(tile.firstRow + row)
            if let norm {
                kernels.rms_norm(
                    values, norm, columns, engine.configuration.rmsNormEpsilon, scratch)
                values = scratch
            }
            if let exact = inputs.exact {
                let target = exact + tile.firstRow * columns + row
                for column in 0..<columns { target[column * tile.count] = values[column] }
            }
            if let blocks = inputs.blocks {
                kernels.round_row(
                    TK_Q8_0, values, columns, Int32(tile.count), Int32(row),
                    blocks + tk_rounded_bytes(TK_Q8_0, columns, tile.firstRow))
            }
            if let pairs = inputs.pairs {
                kernels.round_row(
                    TK_BF16, values, columns, Int32(tile.count), Int32(row),
                    pairs + tk_rounded_bytes(TK_BF16, columns, tile.firstRow))
            }
        }
    }
}
