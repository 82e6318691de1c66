import Basics
import Metrics

/// The JSON events of `/failures`.
enum FailureEvents {
    static func events(_ report: FailureReport) -> [JSON] {
        let lists = [("lost", report.lost), ("gained", report.gained), ("worst", report.worst)]
        return lists.flatMap { kind, items in
            items.map { item($0, of: report, kind: kind) }
        } + report.groups.map { group($0, of: report) }
    }

    /// - Parameter kind: the list that it stands in.
    static func item(_ item: FailureReport.Item, of report: FailureReport, kind: String) -> JSON {
        var variants = JSONObject()
        for (index, name) in report.variants.enumerated() {
            let answer = item.answers[index]
            var object: JSON = [
                "text": .string(answer.text), "finish": .string(answer.finish.rawValue),
            ]
            switch item.scores[index] {
            case .value(let value): object = object.adding("value", .number(value))
            case .unscored(let reason): object = object.adding("unscored", .string(reason))
            }
            variants[name] = object
        }
        return [
            "event": "failure", "kind": .string(kind), "metric": .string(report.measure.name),
            "item": .string(item.row.label), "row": .integer(item.row.number),
            "group": item.row.group.map { .string($0) } ?? nil, "prompt": .string(item.row.prompt),
            "system": item.row.system.map { .string($0) } ?? nil,
            "references": .array(item.row.references.map { .string($0) }),
            "variants": .object(variants),
        ]
    }

    private static func group(_ group: FailureReport.Group, of report: FailureReport) -> JSON {
        var means = JSONObject()
        for (name, mean) in zip(report.variants, group.means) {
            means[name] = mean.map { .number($0) } ?? .null
        }
        return [
            "event": "failure_group", "metric": .string(report.measure.name),
            "name": .string(group.name), "n": .integer(group.count),
            "failed": .integer(group.failureCount), "lost": .integer(group.lostCount),
            "gained": .integer(group.gainedCount), "means": .object(means),
        ]
    }

    static func entry(_ entry: FailureLog.Entry) -> JSON {
        [
            "event": "failure_note", "time": .string(entry.time), "file": .string(entry.file),
            "item": .string(entry.item), "prompt": .string(entry.prompt),
            "remark": .string(entry.remark),
        ]
    }
}
