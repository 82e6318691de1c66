import Basics
import Metrics
import Sessions

/// A run that can be looked at, with what was said of its answers.
struct LastRun {
    let results: RunResults
    /// Those it was scored with.
    private(set) var metrics: [Metric]
    /// Smaller differences do not count; in hundredths of a measure's range.
    let threshold: Double
    /// Where it is kept; nil: nowhere.
    let path: String?
    /// The records of judges and people.
    private var said: [JSON]

    init(
        _ results: RunResults, metrics: [Metric], threshold: Double, path: String?,
        said: [JSON] = []
    ) {
        self.results = results
        self.metrics = metrics
        self.threshold = threshold
        self.path = path
        self.said = said
    }

    /// The records of what a judge said last.
    var judgements: [JSON] {
        let start = said.lastIndex {
            $0["type"]?.string == "judging" && $0["measure"]?.string == GivenScores.judge.name
        }
        return said[(start ?? 0)...].filter { $0["type"]?.string == "judgement" }
    }

    var given: [GivenScores] { GivenScores.all(said, results.variants) }

    var summary: RunSummary {
        RunSummary(
            Measurements(results, metrics: metrics, given: given), threshold: threshold)
    }

    /// Scores it by these metrics, too.
    mutating func add(_ more: [Metric]) {
        for metric in more where !metrics.contains(where: { $0.name == metric.name }) {
            metrics.append(metric)
        }
    }

    /// Adds what a judge or a person said; it counts even where it cannot be kept.
    /// - Throws: `inputOutput`.
    /// - Returns: what was wrong with the file, for people.
    mutating func add(_ records: [JSON]) throws(TandemError) -> [String] {
        said += records
        guard let path else { return [] }
        let journal = try Journal(path: path)
        try journal.append(records)
        return journal.warnings
    }

    /// What the answers have by one measure: [items][variants].
    /// - Parameter name: of a metric, or what a judge or a person gave.
    /// - Throws: `usage` for no such metric; `notFound` where nobody said anything in it.
    func scores(_ name: String) throws(TandemError) -> (measure: Measure, scores: [[Score]]) {
        if let measure = GivenScores.measures.first(where: { $0.name == name }) {
            guard let given = given.first(where: { $0.measure.name == name }) else {
                throw TandemError(
                    .notFound, "the run has no scores by \(name)",
                    remedy: "/judge run, /versus run and /rate run give some")
            }
            return (
                measure,
                results.items.map { item in
                    results.variants.map { given.score(item.row.number, $0) }
                }
            )
        }
        let metric = try MetricCatalog.metric(named: name)
        return (
            metric.measure,
            results.items.map { item in
                item.answers.map { $0.score(metric, references: item.row.references) }
            }
        )
    }
}
