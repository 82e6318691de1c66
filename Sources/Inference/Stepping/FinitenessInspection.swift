/// Where a value first became NaN or infinite in one pass.
///
/// Only made once something is known to be bad: the pass is then computed again and looked at.
final class FinitenessInspection: @unchecked Sendable {
    // Safe to share: thread 0 alone writes and reads it while a pass runs.
    private(set) var found: Finding?

    struct Finding {
        /// As messages name it: "layer 17's feed-forward output".
        let name: String
        /// Whether it was finite before an adapter was added.
        let isOfAdapter: Bool
        /// The first row of the batch that has such a value.
        let row: Int
    }

    /// Remembers the first output that has a value that is not finite.
    /// - Parameters:
    ///   - values: [rows, stride], of which the first `columns` of each row count.
    ///   - rows: those to look at.
    func look(
        at values: UnsafeMutablePointer<Float>, stride: Int, columns: Int, rows: Int,
        isOfAdapter: Bool, name: () -> String
    ) {
        if found != nil { return }
        for row in 0..<rows {
            let part = UnsafeBufferPointer(start: values + row * stride, count: columns)
            if part.allSatisfy(\.isFinite) { continue }
            found = Finding(name: name(), isOfAdapter: isOfAdapter, row: row)
            return
        }
    }
}
