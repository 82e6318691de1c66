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
        for output in outputs {
            let product = Product(
                matrix: output.matrix, form: form(of: output.matrix), tiles: batch.tiles,
                inputs: inputs, output: output.pointer,
                stride: output.stride)
            multiply(product, workers.share(output.matrix.panelCount, of: thread), thread)
        }
        if isFused {
            mark(.products, thread)
            complete(outputs, input, thread)
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
        complete(outputs, input, thread)
        finish(.elementWise, thread)
    }

    /// What follows from a product, for this thread's share of its panels.
    private func complete(_ outputs: [Output], _ input: Adapter.Input, _ thread: Int) {
        let panel = PackedMatrix.panelRows
        let share = workers.share(outputs[0].matrix.panelCount, of: thread)
        let (start, count) = (share.lowerBound * panel, share.count * panel)
        switch input {
        case .attention: break
        case .attentionOutput, .feedForwardOutput:
            for row in 0..<batch.rowCount {
                let offset = row * space.hiddenStride + start
                engine.kernels.add(
                    space.hidden.pointer + offset, space.projected.pointer + offset, count)
            }
        case .feedForward:
            for row in 0..<batch.rowCount {
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
        product.compute(panels, kernels: engine.kernels, scratch: space.scratch(thread))
    }
}
