import Basics
import Metrics

/// The items that rows of files hold: one thread's reading of them.
struct FileItems: Sendable {
    var answers: RowReader
    /// By file; none where they stand beside the answers.
    var references: [RowReader]

    /// - Throws: what reading the rows throws; `mismatch` where their ids differ.
    mutating func read(_ index: Int, into item: inout ItemTexts) throws(TandemError) {
        try answers.read(index)
        item.begin(id: answers.id)
        try answers.appendAnswer(to: &item)
        try answers.appendReferences(to: &item)
        for file in references.indices {
            try references[file].read(index)
            try checkPairing(references[file])
            try references[file].appendReferences(to: &item)
        }
    }

    private func checkPairing(_ reference: RowReader) throws(TandemError) {
        guard let first = answers.id, let second = reference.id, first != second else { return }
        throw TandemError(
            .mismatch,
            "the row has the id \(second), its answer (\(answers.rows.path):\(answers.line)) "
                + first,
            file: reference.rows.path, line: reference.line,
            remedy: "bring both files into the same order")
    }
}
