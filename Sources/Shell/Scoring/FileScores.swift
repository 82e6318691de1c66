import Basics
import Metrics

/// Other programs' answers, scored against references: what `tandem score` shows.
public struct FileScores: Sendable {
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
        let files = try Self.references(references, beside: answers, mappings)
        let own = files.isEmpty ? try Self.ownReferences(answers, mappings, metrics) : []
        let items = FileItems(
            answers: RowReader(answers, answers: names, references: own), references: files)
        scored = try ScoredItems(
            count: answers.table.count, metrics: metrics, threads: threads, reader: items
        ) { (items, index, texts) throws(TandemError) in
            try items.read(index, into: &texts)
        }
    }

    /// By file; none where they stand beside the answers.
    private static func references(
        _ paths: [String], beside answers: TextRows, _ mappings: [Mapping]
    ) throws(TandemError) -> [RowReader] {
        var files: [RowReader] = []
        for path in paths {
            let file = try TextRows(path)
            guard file.table.count == answers.table.count else {
                throw TandemError(
                    .mismatch,
                    "\(file.table.count) rows of references for \(answers.table.count) of \(answers.path)",
                    file: path, remedy: "both files need the same rows in the same order")
            }
            let names = try file.names(.reference.mapped(mappings))
            files.append(RowReader(file, references: names))
        }
        return files
    }

    /// The columns of references beside the answers; none where no metric needs them.
    private static func ownReferences(
        _ answers: TextRows, _ mappings: [Mapping], _ metrics: [Metric]
    ) throws(TandemError) -> [String] {
        if !metrics.contains(where: \.needsReference) { return [] }
        guard !answers.isText else {
            throw TandemError(
                .usage, "there are no references", remedy: "name their file with --references FILE")
        }
        return try answers.names(.besideAnswer.mapped(mappings))
    }
}
