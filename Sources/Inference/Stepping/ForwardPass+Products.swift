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
        if batch.isManyTiles {
            takePanels(of: products, thread) { panel, rows in
                if isFused { complete(input, panel..<panel + 1, rows: rows) }
            }
            if isFused { return finish(.products, thread) }
        } else {
            for product in products {
                multiply(product, workers.share(product.matrix.panelCount, of: thread), thread)
            }
        }
        let share = workers.share(outputs[0].matrix.panelCount, of: thread)
        if isFused {
            mark(.products, thread)
            complete(input, share, rows: 0..<batch.rowCount)
            return finish(.elementWise, thread)
        }
        multiplyAdapters(groups, inputs, thread)
        finish(.products, thread)
        inspect(.products(input), layer, outputs, thread)
        for (rows, group) in groups { addAdapter(rows, group, outputs, thread) }
        if inspection != nil {
            workers.barrier(thread)
            inspect(.adapted(input), layer, outputs, thread)
        }
        mark(.adapters, thread)
        complete(input, share, rows: 0..<batch.rowCount)
        finish(.elementWise, thread)
    }

    /// Computes panels as threads come by: one of each product that has so many, with some tiles of rows.
    /// - Parameter done: is told what has been computed.
    private func takePanels(
        of products: [Product], _ thread: Int, done: (_ panel: Int, _ rows: Range<Int>) -> Void
    ) {
        let panelCount = products.map(\.matrix.panelCount).max() ?? 0
        // Threads that are equally fast take neighbouring panels, whose outputs share lines of the cache.
        let threads = workers.count
        let run = (panelCount + threads - 1) / threads
        let parts = min(batch.tiles.count, (4 * threads + panelCount - 1) / panelCount)
        var unit = workers.next()
        while unit < parts * threads * run {
            let (part, place) = unit.quotientAndRemainder(dividingBy: threads * run)
            let panel = place % threads * run + place / threads
            let tiles = batch.tiles[
                batch.tiles.count * part / parts..<batch.tiles.count * (part + 1) / parts]
            for product in products where panel < product.matrix.panelCount {
                product.compute(
                    panel..<panel + 1, tiles: tiles, kernels: engine.kernels,
                    scratch: space.scratch(thread))
            }
            if panel < panelCount {
                done(panel, tiles[tiles.startIndex].firstRow..<tiles[tiles.endIndex - 1].end)
            }
            unit = workers.next()
        }
    }

    /// What follows from a product, element by element, for some panels of outputs.
    private func complete(_ input: Adapter.Input, _ panels: Range<Int>, rows: Range<Int>) {
        let panel = PackedMatrix.panelRows
        let (start, count) = (panels.lowerBound * panel, panels.count * panel)
        switch input {
        case .attention: break
        case .attentionOutput, .feedForwardOutput:
            for row in rows {
                let offset = row * space.hiddenStride + start
                engine.kernels.add(
                    space.hidden.pointer + offset, space.projected.pointer + offset, count)
            }
        case .feedForward:
            for row in rows {
                let offset = row * space.feedForwardStride + start
                engine.kernels.silu_multiply(
                    space.gate.pointer + offset, space.up.pointer + offset, count)
            }
        }
    }

    /// Computes this thread's share of the panels of all `products`.
    func multiply(_ products: [Product], _ thread: Int) {
        let share = workers.share(products.reduce(0) { $0 + $1.matrix.panelCount }, of: thread)
        var first = 0
        for product in products {
            let end = first + product.matrix.panelCount
            let part = share.clamped(to: first..<end)
            multiply(product, part.lowerBound - first..<part.upperBound - first, thread)
            first = end
        }
    }

    func multiply(_ product: Product, _ panels: Range<Int>, _ thread: Int) {
        product.compute(
            panels, tiles: product.tiles[...], kernels: engine.kernels,
            scratch: space.scratch(thread))
    }
}
