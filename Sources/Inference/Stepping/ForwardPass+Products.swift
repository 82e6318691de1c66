import CKernels

extension ForwardPass {
    /// Cuts the rows of `source` into the tiles of the base's product, and of each adapter's.
    /// - Parameter norm: the weights of an RMS norm to apply to each row first.
    func prepare(
        _ source: FloatBuffer, _ stride: Int, columns: Int, norm: [Float]?, _ thread: Int
    ) {
        var unit = 0
        func cut(
            _ tiles: [Batch.Tile], firstRow: Int, to target: UnsafeMutablePointer<Float>
        ) {
            for tile in tiles {
                defer { unit += 1 }
                guard unit % workers.count == thread else { continue }
                self.tile(
                    tile, columns: columns, norm: norm,
                    to: target + (firstRow + tile.firstRow) * columns, thread
                ) { source.pointer + (firstRow + $0) * stride }
            }
        }
        cut(batch.tiles, firstRow: 0, to: space.tiled.pointer)
        for rows in batch.adapters {
            cut(rows.tiles, firstRow: rows.firstRow, to: space.adapterTiled.pointer)
        }
    }

    /// One tile [columns, tile rows] of rows that `source(row)` points at.
    func tile(
        _ tile: Batch.Tile, columns: Int, norm: [Float]?,
        to target: UnsafeMutablePointer<Float>, _ thread: Int,
        source: (Int) -> UnsafeMutablePointer<Float>
    ) {
        let scratch = space.scratch(thread)
        for row in 0..<tile.count {
            var values = source(tile.firstRow + row)
            if let norm {
                engine.kernels.rms_norm(
                    values, norm, columns, engine.configuration.rmsNormEpsilon, scratch)
                values = scratch
            }
            var output = target + row
            for column in 0..<columns {
                output.pointee = values[column]
                output += tile.count
            }
        }
    }

    /// The products of one prepared input with several matrices, adapters included. Ends with a
    /// barrier.
    func project(
        _ outputs: [(PackedMatrix, UnsafeMutablePointer<Float>, Int)], _ layer: Int,
        _ input: Adapter.Input, _ thread: Int
    ) {
        var products = outputs.map { matrix, output, stride in
            Product(
                matrix: matrix, tiles: batch.tiles, rowCount: batch.rowCount,
                input: space.tiled.pointer, output: output, stride: stride)
        }
        let groups = batch.adapters.compactMap { rows in
            rows.adapter.groups[layer][input.rawValue].map { (rows, $0) }
        }
        for (rows, group) in groups {
            products.append(
                Product(
                    matrix: group.a, tiles: rows.tiles, rowCount: rows.count,
                    input: space.adapterTiled.pointer + rows.firstRow * group.a.columns,
                    output: space.ranks.pointer + rows.firstRow * space.rankStride,
                    stride: space.rankStride))
        }
        multiply(products, thread)
        finish(.products, thread)
        inspect(.products(input), layer, outputs, thread)
        if groups.isEmpty { return }
        for (rows, group) in groups { addAdapter(rows, group, outputs, thread) }
        finish(.adapters, thread)
        inspect(.adapted(input), layer, outputs, thread)
    }

    /// Computes this thread's share of the panels of all `products`.
    func multiply(_ products: [Product], _ thread: Int) {
        let total = products.reduce(0) { $0 + $1.matrix.panelCount }
        let share = workers.share(total, of: thread)
        let scratch = space.scratch(thread)
        var first = 0
        for product in products {
            let end = first + product.matrix.panelCount
            for panel in share.clamped(to: first..<end) {
                product.compute(panel: panel - first, kernels: engine.kernels, scratch: scratch)
            }
            first = end
        }
    }

    /// output += scaling × B·(A·x), for this thread's share of each output's panels.
    private func addAdapter(
        _ rows: Batch.AdapterRows, _ group: Adapter.Group,
        _ outputs: [(PackedMatrix, UnsafeMutablePointer<Float>, Int)], _ thread: Int
    ) {
        let scratch = space.scratch(thread)
        for (projection, target) in zip(group.projections, outputs) {
            guard let projection else { continue }
            let b = projection.b
            let result = scratch + rows.count * b.columns
            for tile in rows.tiles {
                for row in 0..<tile.count {
                    let ranks =
                        space.ranks.pointer
                        + (rows.firstRow + tile.firstRow + row) * space.rankStride
                        + projection.firstRank
                    for rank in 0..<b.columns {
                        scratch[tile.firstRow * b.columns + rank * tile.count + row] = ranks[rank]
                    }
                }
            }
            let expanded = result + rows.count * PackedMatrix.panelRows
            for panel in workers.share(b.panelCount, of: thread) {
                let product = Product(
                    matrix: b, tiles: rows.tiles, rowCount: rows.count, input: scratch,
                    output: result - panel * PackedMatrix.panelRows,
                    stride: PackedMatrix.panelRows)
                product.compute(panel: panel, kernels: engine.kernels, scratch: expanded)
                for row in 0..<rows.count {
                    engine.kernels.add_scaled(
                        target.1 + (rows.firstRow + row) * target.2
                            + panel * PackedMatrix.panelRows,
                        result + row * PackedMatrix.panelRows, projection.scaling,
                        PackedMatrix.panelRows)
                }
            }
        }
    }
}
