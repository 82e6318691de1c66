import CKernels

/// The rows of one forward pass: some tokens of each of several timelines.
///
/// Rows of a timeline are neighbours, and so are timelines with the same adapter.
struct Batch {
    struct Segment {
        let timeline: Timeline
        let tokens: ArraySlice<Int32>
        let firstRow: Int
        /// The position of the first token in its timeline.
        let firstPosition: Int
        /// Whether the logits after the last of these tokens are wanted.
        let wantsLogits: Bool
    }

    /// Rows that are computed together with the same weights.
    struct Tile {
        let firstRow: Int
        let count: Int
    }

    /// The neighbouring rows that one adapter is added to.
    struct AdapterRows {
        let adapter: Adapter
        let firstRow: Int
        let count: Int
        /// Relative to `firstRow`.
        let tiles: [Tile]
    }

    private(set) var segments: [Segment] = []
    private(set) var rowCount = 0
    let tiles: [Tile]
    let adapters: [AdapterRows]

    init(_ work: [(timeline: Timeline, tokens: ArraySlice<Int32>, wantsLogits: Bool)]) {
        var adapters: [AdapterRows] = []
        var pending = work[...]
        while let first = pending.first {
            let group = pending.filter { $0.timeline.adapter === first.timeline.adapter }
            pending = pending.filter { $0.timeline.adapter !== first.timeline.adapter }[...]
            let groupRow = rowCount
            for item in group {
                segments.append(
                    Segment(
                        timeline: item.timeline, tokens: item.tokens, firstRow: rowCount,
                        firstPosition: item.timeline.tokens.count, wantsLogits: item.wantsLogits))
                rowCount += item.tokens.count
            }
            if let adapter = first.timeline.adapter {
                let count = rowCount - groupRow
                adapters.append(
                    AdapterRows(
                        adapter: adapter, firstRow: groupRow, count: count,
                        tiles: Batch.tiles(count)))
            }
        }
        self.adapters = adapters
        tiles = Batch.tiles(rowCount)
    }

    /// `count` rows cut into tiles; one tile where the fused kernels take all.
    static func tiles(_ count: Int) -> [Tile] {
        stride(from: 0, to: count, by: Int(TK_TILE)).map {
            Tile(firstRow: $0, count: min(Int(TK_TILE), count - $0))
        }
    }
}
