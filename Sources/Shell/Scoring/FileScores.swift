import Basics
import Metrics

/// Other programs' answers, scored against references: what `tandem score` shows.
public struct FileScores {
    let ids: [String?]
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
        let file = try TextRows(predictions)
        let answers = try file.rows(.prediction.mapped(mappings), isList: false)
        var wanted = answers.map { _ in [String]() }
        for (path, rows) in try Self.references(references, beside: file, mappings, metrics) {
            try Self.checkPairing(answers, predictions, rows, path)
            for (index, row) in rows.enumerated() { wanted[index] += row.texts }
        }
        ids = answers.map(\.id)
        scored = ScoredItems(
            zip(answers, wanted).map { ScoredItem(answer: $0.texts[0], references: $1) },
            metrics: metrics, threads: threads)
    }

    /// By file: those that are named, or the answers' own where a metric needs references.
    private static func references(
        _ paths: [String], beside answers: TextRows, _ mappings: [Mapping], _ metrics: [Metric]
    ) throws(TandemError) -> [(path: String, rows: [TextRows.Row])] {
        if paths.isEmpty {
            if !metrics.contains(where: \.needsReference) { return [] }
            guard answers.isTable else {
                throw TandemError(
                    .usage, "there are no references",
                    remedy: "name their file with --references FILE")
            }
            let columns = TextRows.Columns.besideAnswer.mapped(mappings)
            return [(answers.path, try answers.rows(columns, isList: true))]
        }
        var files: [(path: String, rows: [TextRows.Row])] = []
        for path in paths {
            let columns = TextRows.Columns.reference.mapped(mappings)
            files.append((path, try TextRows(path).rows(columns, isList: true)))
        }
        return files
    }

    private static func checkPairing(
        _ answers: [TextRows.Row], _ answerPath: String, _ references: [TextRows.Row],
        _ path: String
    ) throws(TandemError) {
        guard answers.count == references.count else {
            throw TandemError(
                .mismatch,
                "\(references.count) rows of references for \(answers.count) of \(answerPath)",
                file: path, remedy: "both files need the same rows in the same order")
        }
        for (answer, reference) in zip(answers, references) {
            guard let first = answer.id, let second = reference.id, first != second else {
                continue
            }
            throw TandemError(
                .mismatch,
                "the row has the id \(second), its answer (\(answerPath):\(answer.line)) \(first)",
                file: path, line: reference.line,
                remedy: "bring both files into the same order")
        }
    }
}
