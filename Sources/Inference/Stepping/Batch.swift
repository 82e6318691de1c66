import CKernels

/// The rows of one forward pass: some tokens of each of several timelines.
///
/// Rows of a timeline are neighbours, and so are timelines with the same adapter.
struct Batch {
    /// Tokens that are to follow those of a timeline.
    struct Item {
        let timeline: Timeline
        let tokens: ArraySlice<Int32>
        /// Those of the tokens, counted from 0, after which logits are wanted.
        let logitRows: Range<Int>

        /// - Parameter wantsLogits: those after the last token.
        init(_ timeline: Timeline, _ tokens: ArraySlice<Int32>, wantsLogits: Bool) {
            let count = tokens.count
            self.init(timeline, tokens, logitRows: wantsLogits ? count - 1..<count : 0..<0)
        }

        init(_ timeline: Timeline, _ tokens: ArraySlice<Int32>, logitRows: Range<Int>) {
            self.timeline = timeline
            self.tokens = tokens
            self.logitRows = logitRows
        }
    }

    struct Segment {
        /// Its place in the work that the batch was made of.
        let item: Int
        let timeline: Timeline
        let tokens: ArraySlice<Int32>
        let firstRow: Int
        /// The position of the first token in its timeline.
        let firstPosition: Int
        /// Those of its rows, counted from `firstRow`, whose logits are wanted.
        let logitRows: Range<Int>
    }

    /// Rows that are computed together with the same weights.
    struct Tile {
        let firstRow: Int
        let count: Int
        var end: Int { firstRow + count }
    }

    /// The neighbouring rows that one adapter is added to.
    struct AdapterRows {
        let adapter: Adapter
        let firstRow: Int
        let count: Int
    }

    let numerics: Numerics
    let segments: [Segment]
    let rowCount: Int
    let tiles: [Tile]
    let adapters: [AdapterRows]

    /// Few enough rows for the kernels that read a weight once for all of them.
    var isSmall: Bool { rowCount <= Int(TK_FUSED_ROWS) }

    /// - Parameter work: items of the same numerics, with their places in all the work.
    init(_ work: [(offset: Int, element: Item)]) {
        var segments: [Segment] = []
        var rowCount = 0
        var pending = work[...]
        while let first = pending.first?.element {
            let group = pending.filter { $0.element.timeline.adapter === first.timeline.adapter }
            pending =
                pending.filter { $0.element.timeline.adapter !== first.timeline.adapter }[...]
            for (index, item) in group {
                segments.append(
                    Segment(
                        item: index, timeline: item.timeline, tokens: item.tokens,
                        firstRow: rowCount, firstPosition: item.timeline.tokens.count,
                        logitRows: item.logitRows))
                rowCount += item.tokens.count
            }
        }
        self.init(work.first?.element.timeline.numerics ?? .exact, segments)
    }

    /// - Parameter segments: those of an adapter are neighbours.
    private init(_ numerics: Numerics, _ segments: [Segment]) {
        self.numerics = numerics
        self.segments = segments
        rowCount = segments.last.map { $0.firstRow + $0.tokens.count } ?? 0
        tiles = Batch.tiles(rowCount, numerics.arithmetic)
        var adapters: [AdapterRows] = []
        for segment in segments {
            guard let adapter = segment.timeline.adapter else { continue }
            let last = adapters.last.flatMap { $0.adapter === adapter ? adapters.popLast() : nil }
            adapters.append(
                AdapterRows(
                    adapter: adapter, firstRow: last?.firstRow ?? segment.firstRow,
                    count: (last?.count ?? 0) + segment.tokens.count))
        }
        self.adapters = adapters
    }

    /// The rows whose logits are wanted.
    var logitRows: [LogitRow] {
        segments.flatMap { segment in
            segment.logitRows.map {
                LogitRow(segment: segment, row: $0, place: segment.firstRow + $0)
            }
        }
    }

    /// Those rows alone, as the last layer takes them after attention; nil where they are most of the
    /// rows, or all rows are few.
    var narrowed: Batch? {
        let count = segments.reduce(0) { $0 + $1.logitRows.count }
        if isSmall || count > rowCount / 2 { return nil }
        var narrow: [Segment] = []
        var row = 0
        for segment in segments where !segment.logitRows.isEmpty {
            let first = segment.tokens.startIndex + segment.logitRows.lowerBound
            narrow.append(
                Segment(
                    item: segment.item, timeline: segment.timeline,
                    tokens: segment.tokens[first..<first + segment.logitRows.count], firstRow: row,
                    firstPosition: segment.firstPosition + segment.logitRows.lowerBound,
                    logitRows: 0..<segment.logitRows.count))
            row += segment.logitRows.count
        }
        return Batch(numerics, narrow)
    }

    /// `count` rows cut into tiles. Up to `TK_TILE` rows, exact products take the fused kernels: tiles of
    /// about the same size, that these take.
    static func tiles(_ count: Int, _ arithmetic: Numerics.Arithmetic) -> [Tile] {
        let isFused = arithmetic == .exact && count <= Int(TK_TILE)
        let most = isFused ? Int(TK_FUSED_ROWS) : Int(TK_TILE)
        let tileCount = (count + most - 1) / most
        return (0..<tileCount).map { index in
            let first = isFused ? count * index / tileCount : most * index
            let end = isFused ? count * (index + 1) / tileCount : min(count, first + most)
            return Tile(firstRow: first, count: end - first)
        }
    }
}
