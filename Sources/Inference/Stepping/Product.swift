import CKernels

/// A product of a weight matrix with rows of activations.
struct Product {
    let matrix: PackedMatrix
    let form: InputForm
    let tiles: [Batch.Tile]
    let inputs: Inputs
    /// [rows, stride].
    let output: UnsafeMutablePointer<Float>
    let stride: Int

    /// The inputs in f32; nil where they are rounded.
    private var exact: Inputs.Tiles? {
        switch form {
        case .exact: inputs.exact
        case .placed: inputs.placed
        case .blocks, .pairs: nil
        }
    }

    /// Computes some panels of outputs for some tiles of rows.
    /// - Parameters:
    ///   - ahead: what this thread reads from memory then; nil: these panels are in the cache.
    ///   - scratch: room for `TK_EXPANDED` values.
    func compute(
        _ panels: Range<Int>, tiles: ArraySlice<Batch.Tile>, ahead: UnsafeMutablePointer<tk_ahead>?,
        kernels: borrowing tk_kernels, scratch: UnsafeMutablePointer<Float>
    ) {
        if panels.isEmpty { return }
        if let exact, tiles.allSatisfy({ $0.count <= Int(TK_FUSED_ROWS) }) {
            if let tile = tiles.first, tiles.count == 1 {
                return fused(panels, exact, tile, ahead: ahead, kernels: kernels)
            }
            let next = ahead?.pointee.next
            // A pair is still in the cache for the next tile.
            for first in Swift.stride(from: panels.lowerBound, to: panels.upperBound, by: 2) {
                let pair = first..<min(first + 2, panels.upperBound)
                ahead?.pointee.next = following(pair.upperBound, of: panels, next)
                for (index, tile) in tiles.enumerated() {
                    fused(pair, exact, tile, ahead: index == 0 ? ahead : nil, kernels: kernels)
                }
            }
            return
        }
        let next = ahead?.pointee.next
        for index in panels {
            let target = output + index * PackedMatrix.panelRows
            ahead?.pointee.next = following(index + 1, of: panels, next)
            switch form {
            case .exact, .placed:
                compute(index, tiles, target, kernels: kernels, scratch: scratch)
            case .blocks:
                compute(
                    index, tiles, TK_Q8_0, inputs.blocks, target, ahead: ahead, kernels: kernels,
                    scratch: scratch)
            case .pairs:
                compute(
                    index, tiles, TK_BF16, inputs.pairs, target, ahead: ahead, kernels: kernels,
                    scratch: scratch)
            }
        }
    }

    /// What is read before panel `index`: that panel, or after the last one `next`.
    private func following(_ index: Int, of panels: Range<Int>, _ next: UnsafeRawPointer?)
        -> UnsafeRawPointer?
    {
        index == panels.upperBound ? next : UnsafeRawPointer(matrix.panel(index))
    }

    /// Products of some panels with a tile of few rows, which read a weight once.
    private func fused(
        _ panels: Range<Int>, _ exact: Inputs.Tiles, _ tile: Batch.Tile,
        ahead: UnsafeMutablePointer<tk_ahead>?, kernels: borrowing tk_kernels
    ) {
        kernels.panels(
            matrix.type, matrix.panel(panels.lowerBound), matrix.panelBytes, panels.count,
            matrix.columns, exact.values + tile.firstRow * matrix.columns,
            exact.sums + tile.firstRow * (matrix.columns / 32), Int32(tile.count),
            output + tile.firstRow * stride + panels.lowerBound * PackedMatrix.panelRows, stride,
            ahead)
    }

    private func compute(
        _ index: Int, _ tiles: ArraySlice<Batch.Tile>, _ rounding: tk_type,
        _ rounded: UnsafeMutableRawPointer?, _ target: UnsafeMutablePointer<Float>,
        ahead: UnsafeMutablePointer<tk_ahead>?, kernels: borrowing tk_kernels,
        scratch: UnsafeMutablePointer<Float>
    ) {
        guard let rounded, let first = tiles.first?.firstRow, let end = tiles.last?.end else {
            return
        }
        kernels.rounded_panel(
            matrix.type, matrix.panel(index), matrix.columns,
            rounded + tk_rounded_bytes(rounding, matrix.columns, first), Int32(end - first),
            target + first * stride, stride, scratch, ahead)
    }

    private func compute(
        _ index: Int, _ tiles: ArraySlice<Batch.Tile>, _ target: UnsafeMutablePointer<Float>,
        kernels: borrowing tk_kernels, scratch: UnsafeMutablePointer<Float>
    ) {
        guard let exact else { return }
        var first = 0
        while first < matrix.columns {
            let count = min(Int(TK_SUM_BLOCK), matrix.columns - first)
            kernels.expand(matrix.type, matrix.panel(index), first, count, scratch)
            for tile in tiles {
                kernels.tile(
                    matrix.type, scratch, count,
                    exact.values + tile.firstRow * matrix.columns + first * tile.count,
                    exact.sums + tile.firstRow * (matrix.columns / 32) + first / 32 * tile.count,
                    Int32(tile.count), target + tile.firstRow * stride, stride, first == 0 ? 0 : 1)
            }
            first += count
        }
    }
}
