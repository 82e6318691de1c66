import CKernels

extension ForwardPass {
    typealias AdapterWork = (rows: Batch.AdapterRows, group: Adapter.Group)

    /// A·x of adapters. With few rows the threads share the blocks of columns too, whose sums
    /// `addAdapter` adds in order; otherwise whole panels.
    func multiplyAdapters(_ work: [AdapterWork], _ thread: Int) {
        if batch.isSmall {
            for (rows, group) in work { multiplyBlocks(rows, group.a, thread) }
            return
        }
        let products = work.map { rows, group in
            Product(
                matrix: group.a, form: .exact, tiles: rows.tiles, rowCount: rows.count,
                inputs: space.adapterInputs(
                    columns: group.a.columns, owner: 0, firstRow: rows.firstRow),
                output: space.ranks.pointer + rows.firstRow * space.rankStride,
                stride: space.rankStride)
        }
        multiply(products, thread)
    }

    /// The sums of blocks of columns, each [rows, rankStride].
    private func multiplyBlocks(_ rows: Batch.AdapterRows, _ a: PackedMatrix, _ thread: Int) {
        let inputs = space.adapterInputs(
            columns: a.columns, owner: thread, firstRow: rows.firstRow)
        guard let exact = inputs.exact else { return }
        let blocks = Self.blockCount(a)
        for unit in workers.share(blocks * a.panelCount, of: thread) {
            let (panel, block) = unit.quotientAndRemainder(dividingBy: blocks)
            let first = block * Int(TK_SUM_BLOCK)
            engine.kernels.panels(
                a.type, a.panel(panel) + tk_panel_bytes(a.type, first), a.panelBytes, 1,
                min(Int(TK_SUM_BLOCK), a.columns - first), exact + first * rows.count,
                Int32(rows.count),
                space.rankBlocks(block) + rows.firstRow * space.rankStride
                    + panel * PackedMatrix.panelRows, space.rankStride)
        }
    }

    private static func blockCount(_ a: PackedMatrix) -> Int {
        (a.columns + Int(TK_SUM_BLOCK) - 1) / Int(TK_SUM_BLOCK)
    }

    /// A·x of one row at `rank`.
    private func product(_ a: PackedMatrix, row: Int, rank: Int) -> Float {
        let index = row * space.rankStride + rank
        if !batch.isSmall { return space.ranks.pointer[index] }
        var sum = space.rankBlocks(0)[index]
        for block in 1..<max(1, Self.blockCount(a)) { sum += space.rankBlocks(block)[index] }
        return sum
    }

    /// output += scaling × B·(A·x), for this thread's share of each output's panels.
    func addAdapter(
        _ rows: Batch.AdapterRows, _ group: Adapter.Group, _ outputs: [Output], _ thread: Int
    ) {
        let scratch = space.scratch(thread)
        let panelRows = PackedMatrix.panelRows
        for (projection, target) in zip(group.projections, outputs) {
            guard let projection else { continue }
            let b = projection.b
            for tile in rows.tiles {
                for row in 0..<tile.count {
                    for rank in 0..<b.columns {
                        scratch[tile.firstRow * b.columns + rank * tile.count + row] = product(
                            group.a, row: rows.firstRow + tile.firstRow + row,
                            rank: projection.firstRank + rank)
                    }
                }
            }
            let result = scratch + rows.count * b.columns
            let expanded = result + rows.count * panelRows * Self.panelsAtOnce
            let share = workers.share(b.panelCount, of: thread)
            for first in stride(from: share.lowerBound, to: share.upperBound, by: Self.panelsAtOnce)
            {
                let panels = first..<min(first + Self.panelsAtOnce, share.upperBound)
                let product = Product(
                    matrix: b, form: .exact, tiles: rows.tiles, rowCount: rows.count,
                    inputs: Inputs(columns: b.columns, exact: scratch),
                    output: result - first * panelRows, stride: Self.panelsAtOnce * panelRows)
                product.compute(panels, kernels: engine.kernels, scratch: expanded)
                for row in 0..<rows.count {
                    engine.kernels.add_scaled(
                        target.pointer + (rows.firstRow + row) * target.stride + first * panelRows,
                        result + row * Self.panelsAtOnce * panelRows, projection.scaling,
                        panels.count * panelRows)
                }
            }
        }
    }

    /// Panels of B whose products are added together.
    static let panelsAtOnce = 8
}
