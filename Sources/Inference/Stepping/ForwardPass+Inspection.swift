extension ForwardPass {
    /// Values of a layer that an inspection looks at.
    enum Stage {
        /// The products of matrices that read the same input.
        case products(Adapter.Input)
        /// The same, adapters added.
        case adapted(Adapter.Input)
        case attention, activation, residual
    }

    /// Whether a row's residual stream is not finite at the pass's end, or its last keys and values
    /// where the pass ends with them. A value that is not finite anywhere before makes it so.
    var hasBadRow: Bool {
        func isBad(_ values: FloatBuffer, stride: Int, columns: Int) -> Bool {
            (0..<batch.rowCount).contains {
                engine.kernels.argmax(values.pointer + $0 * stride, columns) < 0
            }
        }
        let shape = engine.configuration
        if isBad(space.hidden, stride: space.hiddenStride, columns: shape.hiddenSize) {
            return true
        }
        guard case .keys = part else { return false }
        let columns = shape.keyValueHeadCount * shape.headDimension
        return isBad(space.key, stride: space.keyStride, columns: columns)
            || isBad(space.value, stride: space.keyStride, columns: columns)
    }

    /// Looks at one output of a layer, [rows, stride]; without an inspection it does nothing.
    func inspect(
        _ stage: Stage, _ layer: Int, _ values: UnsafeMutablePointer<Float>, stride: Int,
        columns: Int, output: Int = 0, _ thread: Int
    ) {
        guard let inspection else { return }
        if thread == 0 {
            var isOfAdapter = false
            if case .adapted = stage { isOfAdapter = true }
            inspection.look(
                at: values, stride: stride, columns: columns, rows: batch.rowCount,
                isOfAdapter: isOfAdapter
            ) {
                (isOfAdapter ? "the adapter's part of " : "")
                    + "layer \(layer)'s \(Self.name(stage, output))"
            }
        }
        workers.barrier(thread)
    }

    /// Looks at the products of matrices with one input.
    func inspect(
        _ stage: Stage, _ layer: Int,
        _ outputs: [Output], _ thread: Int
    ) {
        if inspection == nil { return }
        for (index, output) in outputs.enumerated() {
            inspect(
                stage, layer, output.pointer, stride: output.stride, columns: output.matrix.rows,
                output: index, thread)
        }
    }

    private static func name(_ stage: Stage, _ output: Int) -> String {
        switch stage {
        case .products(let input), .adapted(let input):
            switch input {
            case .attention: ["query", "key", "value"][output]
            case .attentionOutput: "attention output"
            case .feedForward: ["feed-forward gate", "feed-forward input"][output]
            case .feedForwardOutput: "feed-forward output"
            }
        case .attention: "attention"
        case .activation: "feed-forward activation"
        case .residual: "residual stream"
        }
    }
}
