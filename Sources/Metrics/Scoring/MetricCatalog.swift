import Basics

/// The metrics, by name.
public enum MetricCatalog {
    public static let entries: [MetricEntry] =
        rouge + bleu + [characterEntries, matching, extraction, diversity].flatMap(\.self)

    /// Those that need no parameter.
    public static let all: [Metric] = entries.compactMap {
        $0.isComplete ? try? $0.metric(nil) : nil
    }

    /// What is computed where nothing is asked for.
    public static let standard = [
        "rouge1", "rouge2", "rougeL", "rougeLsum", "bleu", "sacrebleu", "chrf", "em", "f1",
    ]

    /// - Parameter name: as in ``entries``, with a parameter after a colon where the metric has one.
    /// - Throws: `usage` for a name that is not known and a parameter that does not fit.
    public static func metric(named name: String) throws(TandemError) -> Metric {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if let entry = entries.first(where: { $0.name == parts[0] }) {
            return try entry.metric(parts.count > 1 ? String(parts[1]) : nil)
        }
        throw TandemError(
            .usage, "no metric is called \(name)",
            remedy: "metrics: " + entries.map { $0.name + $0.parameter }.joined(separator: ", "))
    }
}
