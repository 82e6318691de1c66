import Basics
import Sessions

/// Whether an expectation holds, and by which values.
struct ExpectationResult {
    let text: String
    let passed: Bool
    /// What was found, by name; texts of models among them.
    let values: [(name: String, value: JSON)]
    /// Why it cannot hold, or what was decided.
    let detail: String?

    var table: ScoreTable { table(cutting: { $0 }) }

    private func table(cutting: (String) -> String) -> ScoreTable {
        let shown = values.filter { $0.value != .null }.map { name, value in
            switch value {
            case .number(let number): "\(name) \(Numbers.short((number * 1e6).rounded() / 1e6))"
            case .string(let text): "\(name) \"\(cutting(text))\""
            case let other: "\(name) \(other.text)"
            }
        }
        return ScoreTable(
            header: ["expectation", "result", "values"],
            rows: [
                [
                    text, passed ? "pass" : "FAIL",
                    ((detail.map { [$0] } ?? []) + shown).joined(separator: "; "),
                ]
            ], endsWithText: true)
    }

    /// What people see of a text at most, in characters.
    private static let textLimit = 120

    /// For people, safe to show.
    var lines: [String] {
        let table = table { text in
            let start = text.prefix(Self.textLimit)
            return start.endIndex < text.endIndex ? start + "…" : text
        }
        let row = table.rows[0].map { TerminalText.visibleOnOneLine($0) }
        return ["\(row[1])  \(row[0])" + (row[2].isEmpty ? "" : ": \(row[2])")]
    }

    /// - Parameter line: of the script; nil at the prompt.
    func event(line: Int?) -> JSON {
        var values = JSONObject()
        for (name, value) in self.values { values[name] = value }
        return [
            "event": "expect", "line": line.map { .integer($0) } ?? nil, "text": .string(text),
            "passed": .bool(passed), "values": .object(values),
            "detail": detail.map { .string($0) } ?? nil,
        ]
    }
}
