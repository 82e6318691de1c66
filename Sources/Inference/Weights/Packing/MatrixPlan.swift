import CKernels
import ModelFiles

/// A matrix that is to be packed: where its rows are in files, and what they become.
struct MatrixPlan: Sendable {
    /// One after another from the first row: the same type and columns for all.
    let tensors: [Tensor]
    let order: RowOrder
    let quantization: Quantization?
    /// Whether F32 is packed in two parts; see `PackedMatrix.missing`.
    var isSplit = false
    /// Whether values that are all BF16's, in whatever type, are packed in three quarters of its bytes,
    /// which some matrices do not allow.
    var isCompressed = false
    /// The columns that are packed as half panels of a `FoldedMatrix`; nil: all, as whole panels.
    var folded: Range<Int>?

    var rows: Int {
        let rows = tensors.reduce(0) { $0 + $1.shape[0] }
        guard let folded else { return rows }
        let blocks = (folded.count + FoldedMatrix.blockColumns - 1) / FoldedMatrix.blockColumns
        return FoldedMatrix.groupCount(rows: rows) * FoldedMatrix.groupRows * blocks
    }
    var columns: Int {
        folded.map { min($0.count, FoldedMatrix.blockColumns) } ?? tensors[0].shape[1]
    }
    /// In memory.
    var type: TensorType { quantization?.type ?? tensors[0].type }
    /// Of the packed panels.
    var panelType: tk_type {
        if isCompressed { return TK_BF16_COMPRESSED }
        return isSplit ? TK_BF16 : type.kernelType
    }
    /// Of the packed matrix.
    var byteCount: Int {
        (isSplit ? 2 : 1) * PackedMatrix.byteCount(panelType, rows: rows, columns: columns)
    }

    /// The tensor that holds row `row` of the matrix, its row there, and its first column; nil
    /// beyond the last row.
    func source(of row: Int) -> (tensor: Int, row: Int, column: Int)? {
        guard row < rows else { return nil }
        var (row, column) = (order.source(of: row), 0)
        if let folded {
            let (half, place) = row.quotientAndRemainder(dividingBy: FoldedMatrix.groupRows)
            let groups = FoldedMatrix.groupCount(
                rows: tensors.reduce(0) { $0 + $1.shape[0] })
            row = half % groups * FoldedMatrix.groupRows + place
            column = folded.lowerBound + half / groups * FoldedMatrix.blockColumns
        }
        for index in tensors.indices {
            if row < tensors[index].shape[0] { return (index, row, column) }
            row -= tensors[index].shape[0]
        }
        return nil
    }

    /// Whether the same values packed in the same way follow from equal bytes. Whether they can be
    /// compressed follows from the bytes too.
    func hasForm(of other: MatrixPlan) -> Bool {
        order == other.order && quantization == other.quantization && folded == other.folded
            && isSplit == other.isSplit
            && tensors.elementsEqual(other.tensors) { $0.type == $1.type && $0.shape == $1.shape }
    }
}
