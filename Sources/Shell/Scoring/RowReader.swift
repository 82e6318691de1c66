import Basics
import Metrics

/// One thread's reading of a file: the answers or the references, row after row.
struct RowReader: Sendable {
    let rows: TextRows
    /// Those of the answers, then those of the references, then `id`.
    private let columns: [String]
    private let answerCount: Int
    private var cells: RowCells

    init(_ rows: TextRows, answers: [String] = [], references: [String] = []) {
        self.rows = rows
        columns = answers + references + ["id"]
        answerCount = answers.count
        cells = RowCells(columns: columns)
    }

    /// Where the row that was read begins, from 1.
    var line: Int { cells.line }

    /// What the file calls the row that was read.
    var id: String? {
        switch cells.cells[columns.count - 1] {
        case .text(let place): cells.text(place)
        case .value(let value): Self.text(value)
        default: nil
        }
    }

    /// - Throws: what reading the row throws.
    mutating func read(_ index: Int) throws(TandemError) {
        try rows.table.read(index, into: &cells)
    }

    /// - Throws: `malformed`, with the line, for a row that has not just one, and what is no text.
    func appendAnswer(to item: inout ItemTexts) throws(TandemError) {
        let count = try append(0..<answerCount, to: &item, isList: false)
        if count == 1 { return }
        let name = columns[..<answerCount].joined(separator: ", ")
        throw TandemError(
            .malformed,
            count == 0 ? "the row has no \(name)" : "the row has several texts in \(name)",
            file: rows.path, line: line, remedy: "each row holds one answer")
    }

    /// A row may have several references, or none.
    /// - Throws: `malformed`, with the line, for what is no text.
    func appendReferences(to item: inout ItemTexts) throws(TandemError) {
        _ = try append(answerCount..<columns.count - 1, to: &item, isList: true)
    }

    /// - Returns: how many texts there are.
    private func append(_ range: Range<Int>, to item: inout ItemTexts, isList: Bool)
        throws(TandemError) -> Int
    {
        var count = 0
        for column in range {
            switch cells.cells[column] {
            case nil, .value(.null): break
            case .text(let place):
                // An empty cell is all that CSV has for a reference that is not there.
                if isList, place.isEmpty, rows.isCSV { continue }
                cells.withText(place) { item.append($0) }
                count += 1
            case .value(let value):
                let list = value.array ?? [value]
                for element in list {
                    guard let text = Self.text(element) else { throw noText(column, value) }
                    item.append(text)
                }
                count += list.count
            }
        }
        return count
    }

    private func noText(_ column: Int, _ value: JSON) -> TandemError {
        TandemError(
            .malformed, "\(columns[column]) is \(value.kind)", file: rows.path, line: line,
            remedy: "a text is expected, or for references a list of texts")
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .string(let text): text
        case .integer, .number: value.text
        default: nil
        }
    }
}
