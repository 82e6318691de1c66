import Basics

/// Which result a record is, so that two recordings can be laid side by side.
struct RecordKey: Hashable {
    let type: String
    /// The values that name it, such as its turn and its variant.
    private let names: [String]
    /// How many with the same names come before it.
    private let occurrence: Int

    /// Members that name a result; what is not among them is its content.
    private static let naming = [
        "run", "turn", "row", "item", "metric", "judge", "rubric", "kind", "variant", "baseline",
        "first", "second", "repetition", "trap", "part", "measure", "form",
    ]

    /// For people: `turn 2, tuned, rougeL`.
    let subject: String

    /// Each record with its key, in order.
    static func keyed(_ records: [JSON]) -> [(key: RecordKey, record: JSON)] {
        var counts: [[String]: Int] = [:]
        return records.compactMap { record in
            guard let type = record["type"]?.string, !["command", "reply"].contains(type) else {
                return nil
            }
            let names = naming.compactMap { name in
                record[name].map { name + " " + ($0.string ?? $0.text) }
            }
            // An expectation is named by its text.
            let text = type == "expect" ? [record["text"]?.string ?? ""] : []
            let all = [type] + names + text
            let occurrence = counts[all, default: 0]
            counts[all] = occurrence + 1
            return (RecordKey(type, names + text, occurrence, record), record)
        }
    }

    private init(_ type: String, _ names: [String], _ occurrence: Int, _ record: JSON) {
        self.type = type
        self.names = names
        self.occurrence = occurrence
        var parts: [String] = []
        for name in ["run", "turn", "row"] {
            if let number = record[name] { parts.append("\(name) \(number.string ?? number.text)") }
        }
        for name in [
            "item", "trap", "part", type == "trap_summary" ? "kind" : "", "variant", "metric",
            "measure", "judge", "first", "second",
        ] {
            if let text = record[name]?.string { parts.append(text) }
        }
        if type == "expect" { parts = [record["text"]?.string ?? ""] }
        if occurrence > 0 { parts.append("no. \(occurrence + 1)") }
        subject = parts.joined(separator: ", ")
    }

    static func == (left: RecordKey, right: RecordKey) -> Bool {
        left.type == right.type && left.names == right.names && left.occurrence == right.occurrence
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(names)
        hasher.combine(occurrence)
    }
}
