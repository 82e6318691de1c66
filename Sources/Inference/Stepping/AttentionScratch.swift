import CKernels
import ModelFiles

/// How one thread's scratch is used while it computes attention for a tile of queries.
struct AttentionScratch {
    /// Query heads of one key-value head that are computed together.
    let headsPerTile: Int
    /// Rows of a timeline that are computed together.
    let rowsPerTile: Int
    let queryStart: Int
    let scoreStart: Int
    let weightStart: Int
    let blockStart: Int
    let totalStart: Int
    let maximumStart: Int
    let sumStart: Int
    let count: Int

    init(_ configuration: LlamaConfiguration) {
        let tile = Int(TK_TILE)
        let group = configuration.headCount / configuration.keyValueHeadCount
        headsPerTile = min(group, tile)
        rowsPerTile = tile / headsPerTile
        let dimension =
            PackedMatrix.panelCount(configuration.headDimension) * PackedMatrix.panelRows
        queryStart = 0
        scoreStart = queryStart + tile * dimension
        weightStart = scoreStart + tile * KeyValueChunk.positions
        blockStart = weightStart + tile * KeyValueChunk.positions
        totalStart = blockStart + tile * dimension
        maximumStart = totalStart + tile * dimension
        sumStart = maximumStart + tile
        count = sumStart + tile
    }
}
