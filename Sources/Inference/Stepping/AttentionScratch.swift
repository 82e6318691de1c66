import CKernels
import ModelFiles

/// What one thread needs while it computes attention for a tile of queries.
struct AttentionScratch {
    let dimension: Int
    /// The head dimension, rounded up to whole panels.
    let padded: Int
    /// [headDimension, count].
    let queries: UnsafeMutablePointer<Float>
    /// A block's weighted values, [count, padded], with their maximums and sums.
    let block, maximums, sums: UnsafeMutablePointer<Float>
    /// The merged blocks so far.
    private let totals, totalMaximums, totalSums: UnsafeMutablePointer<Float>
    /// How many positions of the block each query sees.
    let visible: UnsafeMutablePointer<Int32>

    /// Floats that it takes.
    static func count(_ configuration: LlamaConfiguration) -> Int {
        3 * Int(TK_TILE) * paddedDimension(configuration) + 5 * 16
    }

    private static func paddedDimension(_ configuration: LlamaConfiguration) -> Int {
        PackedMatrix.panelCount(configuration.headDimension) * PackedMatrix.panelRows
    }

    init(_ configuration: LlamaConfiguration, at memory: UnsafeMutablePointer<Float>) {
        dimension = configuration.headDimension
        padded = Self.paddedDimension(configuration)
        let tile = Int(TK_TILE) * padded
        queries = memory
        block = memory + tile
        totals = memory + 2 * tile
        maximums = memory + 3 * tile
        sums = maximums + 16
        totalMaximums = sums + 16
        totalSums = totalMaximums + 16
        visible = UnsafeMutableRawPointer(totalSums + 16).assumingMemoryBound(to: Int32.self)
    }

    /// Merges one block's weighted values into the total of query `index`.
    func add(
        _ index: Int, block: UnsafeMutablePointer<Float>, sum: Float, maximum: Float,
        isFirst: Bool, kernels: borrowing tk_kernels
    ) {
        if isFirst {
            totals.advanced(by: index * padded).update(from: block, count: padded)
            totalMaximums[index] = maximum
            totalSums[index] = sum
        } else {
            kernels.merge(
                totals + index * padded, totalMaximums + index, totalSums + index, block, maximum,
                sum, padded)
        }
    }

    /// The attention of query `index`, [headDimension].
    func write(_ index: Int, to output: UnsafeMutablePointer<Float>) {
        let total = totals + index * padded
        let sum = totalSums[index]
        for element in 0..<dimension { output[element] = total[element] / sum }
    }
}
