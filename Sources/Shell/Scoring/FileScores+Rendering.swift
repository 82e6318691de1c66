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
        return "\(scored.count) rows\n" + table.text.dropLast() + notes.joined()
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
        let head: JSON = [
            "n": .integer(scored.count), "metrics": .object(totals),
            "unscored": .object(unscored),
        ]
        let names = scored.metrics.enumerated().map { index, metric in
            (index > 0 ? "," : "") + Self.visible(.string(metric.name)) + ":"
        }
        let items = ItemGroups.map(scored.count, groupSize: 256, state: ()) { range, _ in
            var text = ""
            text.reserveCapacity(40 * range.count * names.count)
            for item in range { append(item: item, names, to: &text) }
            return text
        }
        return String(Self.visible(head).dropLast()) + ",\"items\":[" + items.joined() + "]}"
    }

    private static func visible(_ json: JSON) -> String { JSONRenderer.visible(json.text) }

    /// Written without a value for each item: there may be many.
    private func append(item: Int, _ names: [String], to text: inout String) {
        text += item > 0 ? ",{" : "{"
        if let id = scored.id(item) { text += "\"id\":" + Self.visible(.string(id)) + "," }
        var unscored: JSONObject?
        for metric in names.indices {
            text += names[metric]
            switch scored.score(item, metric) {
            case .value(let value): value.write(to: &text)
            case .unscored(let reason):
                text += "null"
                unscored = unscored ?? JSONObject()
                unscored?[scored.metrics[metric].name] = .string(reason)
            }
        }
        if let unscored { text += ",\"unscored\":" + Self.visible(.object(unscored)) }
        text += "}"
    }
}
