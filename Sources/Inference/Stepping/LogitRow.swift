/// One row of a batch whose logits are wanted.
struct LogitRow {
    let segment: Batch.Segment
    /// Counted from the segment's first row.
    let row: Int
    /// Its row of the residual stream.
    var place: Int
}
