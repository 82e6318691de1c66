/// The order in which a file keeps the rows of a query or key matrix.
///
/// Tandem rotates in Hugging Face's order, where element i of a head is paired with i + d/2. GGUF
/// files of the Llama architecture keep the pair in neighbouring rows.
enum RowOrder: Sendable, Hashable {
    case asStored
    case pairInterleaved(headDimension: Int)

    /// The row of the file that holds row `row` of the engine.
    func source(of row: Int) -> Int {
        guard case .pairInterleaved(let dimension) = self else { return row }
        let (head, element) = row.quotientAndRemainder(dividingBy: dimension)
        let half = dimension / 2
        return head * dimension + 2 * (element % half) + element / half
    }
}
