import Basics
import Metrics

extension FileScores {
    /// A table of the scores of all rows together, and what could not be scored.
    public var text: String {
        let metrics = scored.metrics.map { TerminalText.visibleOnOneLine($0.name) }
        let table = ScoreTable(
            header: ["metric", "score"],
            rows: zip(metrics, scored.totals).map { metric, total in
                [metric, total.value.map { Numbers.fixed($0, 6) } ?? "–"]
            })
        let notes = metrics.enumerated().flatMap { index, metric in
            scored.unscored(index).map { reason, count in
                "\n\(metric): \(count) unscored, " + TerminalText.visibleOnOneLine(reason)
            }
        }
        return "\(scored.scores.count) rows\n" + table.text.dropLast() + notes.joined()
    }

    /// `{"n": …, "metrics": {…}, "unscored": {…}, "items": […]}` on one line. A metric that scored no row
    /// is null; `unscored` says how many rows each left out, by reason.
    public var json: String {
        var (totals, unscored) = (JSONObject(), JSONObject())
        for (index, metric) in scored.metrics.enumerated() {
            totals[metric.name] = scored.totals[index].value.map { .number($0) } ?? .null
            var reasons = JSONObject()
            for (reason, count) in scored.unscored(index) { reasons[reason] = .integer(count) }
            if reasons.count > 0 { unscored[metric.name] = .object(reasons) }
        }
        let json: JSON = [
            "n": .integer(scored.scores.count), "metrics": .object(totals),
            "unscored": .object(unscored), "items": .array(scored.scores.indices.map(item)),
        ]
        return JSONRenderer.visible(json.text)
    }

    private func item(_ index: Int) -> JSON {
        var (item, unscored) = (JSONObject(), JSONObject())
        if let id = ids[index] { item["id"] = .string(id) }
        for (metric, score) in zip(scored.metrics, scored.scores[index]) {
            switch score {
            case .value(let value): item[metric.name] = .number(value)
            case .unscored(let reason):
                item[metric.name] = .null
                unscored[metric.name] = .string(reason)
            }
        }
        if unscored.count > 0 { item["unscored"] = .object(unscored) }
        return .object(item)
    }
}
