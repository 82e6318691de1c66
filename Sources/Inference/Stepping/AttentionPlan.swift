import CKernels
import ModelFiles

/// How the attention of a batch is cut into units of work.
///
/// A unit is a tile of queries of one key-value head: some rows of a timeline, some heads. With few
/// rows a unit also takes a span of the positions only; the parts of all spans are kept block by
/// block, and merged in order afterwards, as a unit does that takes all of them.
struct AttentionPlan {
    /// Positions that share one softmax.
    static let blockPositions = Int(TK_ATTENTION_BLOCK)

    struct Unit {
        let segment: Int
        /// Of the segment.
        let rows: Range<Int>
        let keyHead: Int
        let heads: Range<Int>
        /// Blocks of positions.
        let blocks: Range<Int>
        /// Whether the unit puts its segment's keys and values into the cache first.
        let appends: Bool
    }

    let units: [Unit]
    /// Whether units leave the parts of blocks to be merged.
    let isSplit: Bool
    /// Whether keys and values are put into the cache by units, not before all of them.
    let appendsInUnits: Bool

    /// For each row of a small batch, the blocks of positions that it sees.
    let rowBlocks: [Int]
    private let headCount: Int
    private let blockCapacity: Int
    /// Floats of a part: the weighted values [padded head dimension], their sum, the maximum.
    let partialStride: Int
    let paddedDimension: Int

    /// Floats for the parts of all blocks.
    let partialCount: Int

    /// - Parameter isWhole: no parts, so that all results stand where an inspection looks.
    init(_ configuration: LlamaConfiguration, _ batch: Batch, threads: Int, isWhole: Bool) {
        headCount = configuration.headCount
        let keyHeads = configuration.keyValueHeadCount
        let group = headCount / keyHeads
        let headsPerTile = min(group, Int(TK_TILE))
        let rowsPerTile = Int(TK_TILE) / headsPerTile
        isSplit = batch.isSmall && !isWhole
        appendsInUnits =
            isSplit && headsPerTile == group
            && batch.segments.allSatisfy { $0.tokens.count <= rowsPerTile }
        paddedDimension =
            PackedMatrix.panelCount(configuration.headDimension) * PackedMatrix.panelRows
        partialStride = paddedDimension + 16
        func blockCount(_ positions: Int) -> Int {
            (positions + Self.blockPositions - 1) / Self.blockPositions
        }
        rowBlocks =
            isSplit
            ? batch.segments.flatMap { segment in
                segment.tokens.indices.map {
                    blockCount(segment.firstPosition + $0 - segment.tokens.startIndex + 1)
                }
            } : []
        blockCapacity =
            batch.segments.map { blockCount($0.firstPosition + $0.tokens.count) }.max() ?? 0
        partialCount = isSplit ? batch.rowCount * headCount * blockCapacity * partialStride : 0
        var units: [Unit] = []
        for (index, segment) in batch.segments.enumerated() {
            let oldBlocks = segment.firstPosition / Self.blockPositions
            let wanted =
                (4 * threads + keyHeads * batch.segments.count - 1)
                / (keyHeads * batch.segments.count)
            let spans = isSplit ? max(1, min(wanted, oldBlocks)) : 1
            // The last rows see the most positions: they are taken first.
            for first in stride(from: 0, to: segment.tokens.count, by: rowsPerTile).reversed() {
                let rows = first..<min(first + rowsPerTile, segment.tokens.count)
                let end = blockCount(segment.firstPosition + rows.upperBound)
                for span in (0..<spans).reversed() {
                    let isLast = span == spans - 1
                    let blocks =
                        oldBlocks * span / spans..<(isLast ? end : oldBlocks * (span + 1) / spans)
                    for keyHead in 0..<keyHeads {
                        for firstHead in stride(from: 0, to: group, by: headsPerTile) {
                            let heads =
                                keyHead * group + firstHead..<keyHead * group
                                + min(firstHead + headsPerTile, group)
                            units.append(
                                Unit(
                                    segment: index, rows: rows, keyHead: keyHead, heads: heads,
                                    blocks: blocks, appends: appendsInUnits && isLast))
                        }
                    }
                }
            }
        }
        self.units = units
    }

    /// Where the part of a block starts, for a row of the batch and a head.
    func partial(row: Int, head: Int, block: Int) -> Int {
        ((row * headCount + head) * blockCapacity + block) * partialStride
    }
}
