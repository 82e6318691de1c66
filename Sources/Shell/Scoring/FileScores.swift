import Basics
import Metrics

/// Other programs' answers, scored against references: what `tandem score` shows.
public struct FileScores {
    let scored: ScoredItems

    /// - Parameters:
    ///   - predictions: a file with an answer in each row.
    ///   - references: files with the same rows, whose references count together; none: those that stand
    ///     beside the answers.
    ///   - metrics: names, of which one argument holds several between commas; a backslash keeps a comma.
    ///   - mappings: `prediction=COLUMN` and `reference=COLUMN`.
    /// - Throws: `usage` for metrics and mappings; what reading the files throws; `mismatch` for files
    ///   that do not belong together.
    public init(
        predictions: String, references: [String], metrics: [String], mappings: [String],
        threads: Int?
    ) throws(TandemError) {
        let metrics = try Self.metrics(metrics)
        let mappings = try Self.mappings(mappings)
        let answers = try TextRows(predictions)
        let names = try answers.names(.prediction.mapped(mappings))
        let files = try Self.references(references, beside: answers, mappings, metrics)
        let own = files.isEmpty ? try Self.ownReferences(answers, mappings, metrics) : []
        scored = try ScoredItems(count: answers.count, metrics: metrics, threads: threads) {
            (index) throws(TandemError) in
            let row = try answers.row(index)
            let answer = try answers.texts(row, names, isList: false)[0]
            var wanted = try answers.texts(row, own, isList: true)
            for (file, names) in files {
                let reference = try file.row(index)
                try Self.checkPairing(row, of: predictions, reference, of: file.path)
                wanted += try file.texts(reference, names, isList: true)
            }
            return ScoredItem(answer: answer, references: wanted, id: TextRows.id(of: row))
        }
    }

    private typealias References = (file: TextRows, names: [String])

    /// By file; none where they stand beside the answers.
    private static func references(
        _ paths: [String], beside answers: TextRows, _ mappings: [Mapping], _ metrics: [Metric]
    ) throws(TandemError) -> [References] {
        var files: [References] = []
        for path in paths {
            let file = try TextRows(path)
            guard file.count == answers.count else {
                throw TandemError(
                    .mismatch,
                    "\(file.count) rows of references for \(answers.count) of \(answers.path)",
                    file: path, remedy: "both files need the same rows in the same order")
            }
            files.append((file, try file.names(.reference.mapped(mappings))))
        }
        return files
    }

    /// The columns of references beside the answers; none where no metric needs them.
    private static func ownReferences(
        _ answers: TextRows, _ mappings: [Mapping], _ metrics: [Metric]
    ) throws(TandemError) -> [String] {
        if !metrics.contains(where: \.needsReference) { return [] }
        guard answers.isTable else {
            throw TandemError(
                .usage, "there are no references", remedy: "name their file with --references FILE")
        }
        return try answers.names(.besideAnswer.mapped(mappings))
    }

    private static func checkPairing(
        _ answer: TableRows.Row, of answerPath: String, _ reference: TableRows.Row, of path: String
    ) throws(TandemError) {
        guard let first = TextRows.id(of: answer), let second = TextRows.id(of: reference),
            first != second
        else { return }
        throw TandemError(
            .mismatch,
            "the row has the id \(second), its answer (\(answerPath):\(answer.line)) \(first)",
            file: path, line: reference.line, remedy: "bring both files into the same order")
    }
}
