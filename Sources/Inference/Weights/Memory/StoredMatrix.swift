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
}
