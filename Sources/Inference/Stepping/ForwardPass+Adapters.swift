import CKernels

extension ForwardPass {
    typealias AdapterWork = (rows: Batch.AdapterRows, group: Adapter.Group)

    /// The sums of A·x over blocks of columns, for this thread's share of the panels of all A.
    func multiplyAdapters(_ work: [AdapterWork], _ inputs: Inputs, _ thread: Int) {
        guard let x = inputs.rows else { return }
        let share = workers.share(work.reduce(0) { $0 + $1.group.a.panelCount }, of: thread)
        var first = 0
        for (rows, group) in work {
            let end = first + group.a.panelCount
            for index in share.clamped(to: first..<end) {
                if let panel = group.a.panel(index - first) {
                    multiply(panel, of: group.a, rows, x)
                }
            }
            first = end
        }
    }

    /// What is added to weights that are rounded to bf16: nothing in `fast`.
    private func missing(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        batch.numerics.arithmetic == .fast ? nil : memory
    }

    private func multiply(
        _ panel: FoldedMatrix.Panel, of a: FoldedMatrix, _ rows: Batch.AdapterRows,
        _ x: ActivationRows
    ) {
        func sums(_ half: FoldedMatrix.HalfPanel, _ row: Int) -> UnsafeMutablePointer<Float> {
            space.rankBlocks(half.block) + row * space.rankStride
                + half.group * FoldedMatrix.groupRows
        }
        forFewRows(rows) { row, count in
            let (stride, x) = (x.stride, x[row])
            let low = x + panel.low.block * FoldedMatrix.blockColumns
            engine.kernels.half_panel(
                a.type, panel.memory, missing(panel.missing), panel.columns, low,
                panel.high.map { x + $0.block * FoldedMatrix.blockColumns } ?? low, stride,
                Int32(count), sums(panel.low, row), panel.high.map { sums($0, row) },
                space.rankStride)
        }
    }

    /// output += scaling × B·(A·x), for this thread's share of each output's panels.
    func addAdapter(
        _ rows: Batch.AdapterRows, _ group: Adapter.Group, _ outputs: [Output], _ thread: Int
    ) {
        let ranks = space.scratch(thread)
        forFewRows(rows) { row, count in
            addBlocks(of: group.a, row, count, to: ranks)
            for (projection, target) in zip(group.projections, outputs) {
                guard let projection else { continue }
                let b = projection.b
                let share = workers.share(b.panelCount, of: thread)
                engine.kernels.add_panels(
                    b.type, b.panel(share.lowerBound),
                    missing(b.missing).map { $0 + share.lowerBound * b.panelBytes }, b.panelBytes,
                    share.count, b.columns,
                    ranks + projection.firstRank, space.rankStride, Int32(count),
                    projection.scaling,
                    target.pointer + row * target.stride
                        + share.lowerBound * PackedMatrix.panelRows, target.stride)
            }
        }
    }

    /// A·x of some rows: the sums of its blocks of columns, added in order.
    private func addBlocks(
        of a: FoldedMatrix, _ row: Int, _ count: Int, to ranks: UnsafeMutablePointer<Float>
    ) {
        let (stride, start) = (space.rankStride, row * space.rankStride)
        ranks.update(from: space.rankBlocks(0) + start, count: count * stride)
        for block in 1..<max(1, a.blockCount) {
            engine.kernels.add(ranks, space.rankBlocks(block) + start, count, stride, a.paddedRows)
        }
    }

    /// Calls `body` with runs of rows, at most as many as the fused kernels take.
    private func forFewRows(_ rows: Batch.AdapterRows, _ body: (_ row: Int, _ count: Int) -> Void) {
        var row = rows.firstRow
        let end = rows.firstRow + rows.count
        while row < end {
            let count = min(Int(TK_FUSED_ROWS), end - row)
            body(row, count)
            row += count
        }
    }
}
