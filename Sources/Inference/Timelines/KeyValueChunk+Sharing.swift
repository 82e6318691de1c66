import Basics
import Glibc

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
        let keyCount = (positions + panel - 1) / panel * panel * shape.headDimension
        let valueCount = positions * shape.paddedHeadDimension
        forEachHead { layer, head in
            other.keys(layer: layer, head: head)
                .update(from: keys(layer: layer, head: head), count: keyCount)
            other.values(layer: layer, head: head)
                .update(from: values(layer: layer, head: head), count: valueCount)
        }
        return other
    }

    /// Makes keys and values of one position zeros.
    func clear(_ position: Int) {
        let panel = PackedMatrix.panelRows
        let dimension = shape.headDimension
        forEachHead { layer, head in
            let keys =
                keys(layer: layer, head: head)
                + position / panel * panel * dimension + position % panel
            for element in 0..<dimension { keys[element * panel] = 0 }
            let values = values(layer: layer, head: head) + position * shape.paddedHeadDimension
            values.update(repeating: 0, count: dimension)
        }
    }

    private func forEachHead(_ body: (_ layer: Int, _ head: Int) -> Void) {
        for layer in 0..<shape.layerCount {
            for head in 0..<shape.headCount { body(layer, head) }
        }
    }
}
