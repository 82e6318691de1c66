import CKernels
import ModelFiles

/// A matrix that is to be packed: where its rows are in files, and what they become.
struct MatrixPlan: Sendable {
    /// One after another from the first row: the same type and columns for all.
    let tensors: [Tensor]
    let order: RowOrder
    let quantization: Quantization?

    var rows: Int { tensors.reduce(0) { $0 + $1.shape[0] } }
    var columns: Int { tensors[0].shape[1] }
    /// In memory.
    var type: TensorType { quantization?.type ?? tensors[0].type }
    /// Of the packed matrix.
    var byteCount: Int { PackedMatrix.byteCount(type.kernelType, rows: rows, columns: columns) }

    /// The tensor that holds row `row` of the matrix, and its row there; nil beyond the last.
    func source(of row: Int) -> (tensor: Int, row: Int)? {
        guard row < rows else { return nil }
        var row = order.source(of: row)
        for index in tensors.indices {
            if row < tensors[index].shape[0] { return (index, row) }
            row -= tensors[index].shape[0]
        }
        return nil
    }

    /// Whether the same values packed in the same way follow from equal bytes.
    func hasForm(of other: MatrixPlan) -> Bool {
        order == other.order && quantization == other.quantization
            && tensors.elementsEqual(other.tensors) { $0.type == $1.type && $0.shape == $1.shape }
    }
}
