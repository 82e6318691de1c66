import Basics
import Metrics

/// The JSON events of `/score`: one for each metric and variant.
enum ScoreEvents {
    static func events(_ rows: [ScoreRow]) -> [JSON] {
        rows.flatMap { row in row.entries.map { event(row, $0) } }
    }

    private static func event(_ row: ScoreRow, _ entry: ScoreRow.Entry) -> JSON {
        var object = JSONObject()
        object["event"] = "score"
        switch row.subject {
        case .turn(let number): object["turn"] = .integer(number)
        case .turns(let count):
            object["turn"] = "all"
            object["n"] = .integer(count)
        }
        object["metric"] = .string(row.metric)
        object["variant"] = .string(entry.variant)
        switch entry.score {
        case .value(let value): object["value"] = .number(value)
        case .unscored(let reason): object["unscored"] = .string(reason)
        }
        if case .turns = row.subject {
            object["unscored_answers"] = .integer(entry.unscored)
        } else {
            object["reference"] = row.references.first.map { .string($0) } ?? .null
        }
        if row.references.count > 1 {
            object["references"] = .array(row.references.map { .string($0) })
        }
        object["numerics"] = entry.numerics.map { .string($0.label) } ?? .null
        return .object(object)
    }
}
