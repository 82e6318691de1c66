/// One row of a batch whose logits are wanted.
struct LogitRow {
    let segment: Batch.Segment
    /// Counted from the segment's first row.
    let row: Int
}
