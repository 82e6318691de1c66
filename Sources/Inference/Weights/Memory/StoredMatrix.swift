import CKernels
import ModelFiles

/// A packed matrix and the memory that it lies in, which this keeps.
struct StoredMatrix: Sendable {
    let matrix: PackedMatrix
    let region: WeightRegion

    /// The place for a matrix of `plan`, `offset` bytes into `memory`.
    init(_ plan: MatrixPlan, in memory: WeightMemory, at offset: Int) {
        matrix = PackedMatrix(
            type: plan.panelType, rows: plan.rows, columns: plan.columns, at: memory.base + offset,
            missing: plan.isSplit ? memory.base + offset + plan.byteCount / 2 : nil)
        region = WeightRegion(memory, offset..<offset + plan.byteCount)
    }

    /// Whether the kernels can read what a file gave.
    var isReadable: Bool {
        matrix.type != TK_BF16_COMPRESSED
            || (0..<matrix.panelCount).allSatisfy {
                tk_is_readable(matrix.panel($0), matrix.columns) == 1
            }
    }
}
