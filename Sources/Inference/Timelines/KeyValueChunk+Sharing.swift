import Basics
import CKernels

extension KeyValueChunk {
    /// The chunks that `count` positions take.
    static func count(for count: Int) -> Int { (count + positions - 1) / positions }

    /// Bytes that the positions used so far take.
    var byteCount: Int { shape.byteCount(positions: usedPositions) }

    /// A chunk with the same keys and values of the first `positions` positions.
    /// - Throws: `limit` without memory.
    /// - Complexity: O(layers · heads · positions · headDimension).
    func copy(positions: Int) throws(TandemError) -> KeyValueChunk {
        let other = try KeyValueChunk(shape)
        other.use(positions: positions)
        let panel = PackedMatrix.panelRows
        let keyBytes =
            (positions + panel - 1) / panel * panel * shape.headDimension * shape.elementBytes
        let valueBytes = positions * panel * shape.elementBytes
        forEachHead { layer, head in
            other.keys(layer: layer, head: head)
                .copyMemory(from: keys(layer: layer, head: head), byteCount: keyBytes)
            for element in stride(from: 0, to: shape.paddedHeadDimension, by: panel) {
                let start = element * Self.positions * shape.elementBytes
                (other.values(layer: layer, head: head) + start)
                    .copyMemory(
                        from: values(layer: layer, head: head) + start, byteCount: valueBytes)
            }
        }
        return other
    }

    /// Makes keys and values of one position zeros.
    func clear(_ position: Int, kernels: tk_kernels) {
        let zeros = [Float](repeating: 0, count: shape.headDimension)
        forEachHead { layer, head in
            kernels.cache_position(
                shape.kernelType, zeros, zeros, shape.headDimension, Self.positions, position,
                keys(layer: layer, head: head), values(layer: layer, head: head))
        }
    }

    private func forEachHead(_ body: (_ layer: Int, _ head: Int) -> Void) {
        for layer in 0..<shape.layerCount {
            for head in 0..<shape.headCount { body(layer, head) }
        }
    }
}
