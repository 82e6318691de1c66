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
    /// is null; `unscored` says how many rows each left out, by reason. In pieces of UTF-8, which are
    /// written one after another: together they would be copied for nothing.
    public var json: [[UInt8]] {
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
            Array(((index > 0 ? "," : "") + Self.visible(.string(metric.name)) + ":").utf8)
        }
        let items = ItemGroups.map(scored.count, groupSize: 1024, state: ()) { range, _ in
            var text: [UInt8] = []
            text.reserveCapacity(24 * range.count * names.count)
            for item in range { append(item: item, names, to: &text) }
            return text
        }
        let start = String(Self.visible(head).dropLast()) + ",\"items\":["
        return [Array(start.utf8)] + items + [Array("]}\n".utf8)]
    }

    private static func visible(_ json: JSON) -> String { JSONRenderer.visible(json.text) }

    /// Written without a value for each item: there may be many.
    private func append(item: Int, _ names: [[UInt8]], to text: inout [UInt8]) {
        text += (item > 0 ? ",{" : "{").utf8
        if let id = scored.id(item) {
            text += ("\"id\":" + Self.visible(.string(id)) + ",").utf8
        }
        var unscored: JSONObject?
        for metric in names.indices {
            text += names[metric]
            switch scored.score(item, metric) {
            case .value(let value): text += value.description.utf8
            case .unscored(let reason):
                text += "null".utf8
                unscored = unscored ?? JSONObject()
                unscored?[scored.metrics[metric].name] = .string(reason)
            }
        }
        if let unscored { text += (",\"unscored\":" + Self.visible(.object(unscored))).utf8 }
        text.append(UInt8(ascii: "}"))
    }
}
