import Basics

/// Traps from the rows of a CSV or JSONL file: TruthfulQA's columns, or plain questions and answers.
///
/// | field | columns |
/// |---|---|
/// | prompt | `prompt`, `question`, `Question` |
/// | truth | `truth`, `answer`, `answers`, `reference`, `references`, `Best Answer` and `Correct Answers` |
/// | falsehoods | `falsehood`, `falsehoods`, `incorrect`, `Best Incorrect Answer` and `Incorrect Answers` |
/// | others | `id`, `kind`, `reason`, `control`, `control_answer` |
///
/// A cell of CSV holds several texts between semicolons, as in TruthfulQA; in JSONL a list does. A row
/// without a kind is a misconception, as TruthfulQA's are. An answer that is none, such as TruthfulQA's
/// `I have no comment`, is not kept: to abstain is a class of its own.
public struct TrapImport {
    public let traps: [Trap]

    /// - Parameter stem: what made names begin with.
    /// - Throws: `malformed`, with the line, for a row without prompt or answer, a kind that is none.
    public init(_ text: String, file: String, stem: String) throws(TandemError) {
        let rows = try TableRows(text, file: file).rows
        var traps: [Trap] = []
        for (index, row) in rows.enumerated() {
            let number = String(index + 1)
            let zeros = String(repeating: "0", count: max(0, 4 - number.utf8.count))
            let trap = try TrapImportRow(row, file: file).trap(id: "\(stem)-\(zeros)\(number)")
            if traps.contains(where: { $0.id == trap.id }) {
                throw TandemError(
                    .malformed, "two rows have the id \(trap.id)", file: file, line: row.line,
                    remedy: "ids name traps; leave the column out to have them numbered")
            }
            traps.append(trap)
        }
        self.traps = traps
    }
}
