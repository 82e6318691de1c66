import CKernels

extension ForwardPass {
    /// A matrix and where its products go, [rows, stride].
    struct Output {
        let matrix: PackedMatrix
        let pointer: UnsafeMutablePointer<Float>
        let stride: Int

        init(_ matrix: PackedMatrix, _ pointer: UnsafeMutablePointer<Float>, _ stride: Int) {
            self.matrix = matrix
            self.pointer = pointer
            self.stride = stride
        }
    }

    /// The products of one prepared input with several matrices, adapters included, and what follows
    /// from them element by element: the residual sum, the activation. Ends with a barrier.
    func project(
        _ outputs: [Output], _ inputs: Inputs, _ layer: Int, _ input: Adapter.Input, _ thread: Int
    ) {
        let groups = batch.adapters.compactMap { rows in
            rows.adapter.groups[layer][input.rawValue].map { (rows, $0) }
        }
        // What a thread has computed it can finish at once, unless an adapter's part is to come.
        let isFused = groups.isEmpty && inspection == nil
        let products = outputs.map { output in
            Product(
                matrix: output.matrix, form: form(of: output.matrix), tiles: batch.tiles,
                inputs: inputs, output: output.pointer, stride: output.stride)
        }
        let ahead =
            batch.rowCount <= Int(TK_TILE)
            ? ReadAhead(groups, outputs, self, input, layer, thread) : nil
        multiply(products, ahead, thread) { panels, rows in
            mark(.products, thread)
            if isFused { complete(input, panels, rows: rows) }
            mark(.elementWise, thread)
        }
        if isFused { return finish(.products, thread) }
        multiplyAdapters(groups, inputs, thread)
        finish(.products, thread)
        inspect(.products(input), layer, outputs, thread)
        for (rows, group) in groups { addAdapter(rows, group, outputs, thread) }
        if inspection != nil {
            workers.barrier(thread)
            inspect(.adapted(input), layer, outputs, thread)
        }
        mark(.adapters, thread)
        complete(
            input, workers.share(outputs[0].matrix.panelCount, of: thread),
            rows: 0..<batch.rowCount)
        finish(.elementWise, thread)
    }

    /// Computes all panels of `products`: a run of those of the one that has most, together with the
    /// corresponding part of the others.
    ///
    /// With few rows each thread has its share, which it reads from memory in order. With many rows
    /// threads take panels as they come by, so that nobody waits for one that the system holds up.
    /// - Parameters:
    ///   - ahead: what this thread reads after them, with few rows.
    ///   - done: is told what this thread has computed.
    func multiply(
        _ products: [Product], _ ahead: ReadAhead? = nil, _ thread: Int,
        done: (_ panels: Range<Int>, _ rows: Range<Int>) -> Void = { _, _ in }
    ) {
        let tiles = products[0].tiles
        let count = products.map(\.matrix.panelCount).max() ?? 0
        func compute(
            _ run: Range<Int>, _ tiles: ArraySlice<Batch.Tile>,
            ahead: UnsafeMutablePointer<tk_ahead>? = nil
        ) {
            let last = ahead?.pointee.next
            for (index, product) in products.enumerated() {
                let panels = product.matrix.panelCount
                ahead?.pointee.next =
                    index + 1 < products.count
                    ? products[index + 1].matrix.start(of: thread, workers) : last
                product.compute(
                    run.lowerBound * panels / count..<run.upperBound * panels / count, tiles: tiles,
                    ahead: ahead, kernels: engine.kernels, scratch: space.scratch(thread))
            }
            done(run, tiles[tiles.startIndex].firstRow..<tiles[tiles.endIndex - 1].end)
        }
        if tiles[tiles.count - 1].end <= Int(TK_TILE) {
            var requests = ahead?.requests ?? tk_ahead()
            return withUnsafeMutablePointer(to: &requests) {
                compute(
                    workers.share(count, of: thread), tiles[...], ahead: ahead == nil ? nil : $0)
            }
        }
        let threads = workers.count
        let length = (count + threads - 1) / threads
        let parts = min(tiles.count, (4 * threads + count - 1) / count)
        workers.take(parts * threads * length) { unit in
            let (part, place) = unit.quotientAndRemainder(dividingBy: threads * length)
            // Neighbours, whose outputs share lines of the cache, mostly go to the same thread.
            let panel = place % threads * length + place / threads
            if panel < count {
                compute(
                    panel..<panel + 1,
                    tiles[tiles.count * part / parts..<tiles.count * (part + 1) / parts])
            }
        }
    }

    /// What follows from a product, element by element, for some panels of outputs.
    private func complete(_ input: Adapter.Input, _ panels: Range<Int>, rows: Range<Int>) {
        let panel = PackedMatrix.panelRows
        let (start, count) = (panels.lowerBound * panel, panels.count * panel)
        switch input {
        case .attention: break
        case .attentionOutput, .feedForwardOutput:
            let offset = rows.lowerBound * space.hiddenStride + start
            engine.kernels.add(
                space.hidden.pointer + offset, space.projected.pointer + offset, rows.count,
                space.hiddenStride, count)
        case .feedForward:
            let offset = rows.lowerBound * space.feedForwardStride + start
            engine.kernels.silu_multiply(
                space.gate.pointer + offset, space.up.pointer + offset, rows.count,
                space.feedForwardStride, count)
        }
    }
}
