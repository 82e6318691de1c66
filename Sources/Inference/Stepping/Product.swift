import CKernels

/// A product of a weight matrix with rows of activations.
struct Product {
    let matrix: PackedMatrix
    let tiles: [Batch.Tile]
    let rowCount: Int
    /// Tiles of [columns, tile rows], one after another.
    let input: UnsafeMutablePointer<Float>
    /// [rows, stride].
    let output: UnsafeMutablePointer<Float>
    let stride: Int

    /// Computes one panel of outputs for all rows.
    /// - Parameter scratch: room for `TK_SUM_BLOCK` × 32 values.
    func compute(
        panel index: Int, kernels: borrowing tk_kernels, scratch: UnsafeMutablePointer<Float>
    ) {
        let target = output + index * PackedMatrix.panelRows
        if rowCount <= Int(TK_FUSED_ROWS) {
            kernels.panel(
                matrix.type, matrix.panel(index), matrix.columns, input, Int32(rowCount), target,
                stride)
            return
        }
        var first = 0
        while first < matrix.columns {
            let count = min(Int(TK_SUM_BLOCK), matrix.columns - first)
            kernels.expand(matrix.type, matrix.panel(index), matrix.columns, first, count, scratch)
            for tile in tiles {
                kernels.tile(
                    scratch, PackedMatrix.panelRows, count,
                    input + tile.firstRow * matrix.columns + first * tile.count,
                    Int32(tile.count), target + tile.firstRow * stride, stride, first == 0 ? 0 : 1)
            }
            first += count
        }
    }
}
