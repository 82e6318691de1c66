import Basics
import Metrics

/// One row of an imported file.
struct TrapImportRow {
    private let row: TableRows.Row
    private let file: String

    init(_ row: TableRows.Row, file: String) {
        self.row = row
        self.file = file
    }

    /// - Parameter id: where the row has none.
    func trap(id: String) throws(TandemError) -> Trap {
        guard let prompt = try texts(["prompt", "question", "Question"], isList: false).first else {
            throw wrong(
                "the row has no question",
                "columns are prompt or question; the row has "
                    + row.columns.keys.joined(separator: ", "))
        }
        let answers = try forms([
            "truth", "answer", "Best Answer", "answers", "reference", "references",
            "Correct Answers",
        ])
        let truth = answers.filter { Refusal(in: $0) == nil }
        if answers.isEmpty {
            throw wrong("the row has no answer", "columns are answer, answers, truth or reference")
        }
        var trap = Trap(id: id, kind: try kind(), prompt: prompt, reason: try reason())
        if let name = try text("id") { trap.id = TrapParser.name(from: name) }
        trap.truth = truth
        let right = Set(answers.map(FormFinder.key))
        trap.falsehoods = try forms([
            "falsehood", "incorrect", "Best Incorrect Answer", "falsehoods", "Incorrect Answers",
        ]).filter { !right.contains(FormFinder.key($0)) }.map { [$0] }
        if let control = try text("control") {
            let answers = try forms(["control_answer"])
            if answers.isEmpty {
                throw wrong("the control has no answer", "add a column control_answer")
            }
            trap.control = .init(prompt: control, answers: answers)
        }
        return trap
    }

    private func kind() throws(TandemError) -> TrapKind {
        guard let word = try text("kind") else { return .misconception }
        guard let kind = TrapKind(word) else {
            throw wrong("there is no kind \(word)", "kinds are " + TrapKind.words)
        }
        return kind
    }

    private func reason() throws(TandemError) -> String {
        if let reason = try text("reason") { return reason }
        let origin = [try text("Category"), try text("Source")].compactMap(\.self)
        return origin.isEmpty ? "imported" : origin.joined(separator: "; ")
    }

    private func text(_ column: String) throws(TandemError) -> String? {
        try texts([column], isList: false).first
    }

    /// Each once, and only those in which something can be found.
    private func forms(_ columns: [String]) throws(TandemError) -> [String] {
        var keys: Set<String> = []
        return try texts(columns, isList: true).map { $0.replacing("|", with: "/") }.filter {
            let key = FormFinder.key($0)
            return !key.isEmpty && keys.insert(key).inserted
        }
    }

    private func texts(_ columns: [String], isList: Bool) throws(TandemError) -> [String] {
        let isCSV = file.lowercased().hasSuffix(".csv")
        var texts: [String] = []
        for column in columns {
            guard let value = row.columns[column], value != .null else { continue }
            if let text = value.string {
                let isSeveral = isCSV && isList
                let parts = isSeveral ? text.split(separator: ";").map { String($0) } : [text]
                texts += parts.map(TrapParser.trimmed).filter { !$0.isEmpty }
            } else if isList, let list = value.array, list.allSatisfy({ $0.string != nil }) {
                texts += list.compactMap(\.string)
            } else {
                throw wrong("\(column) is \(value.kind)", "a text is expected, or a list of texts")
            }
        }
        return texts
    }

    private func wrong(_ message: String, _ remedy: String) -> TandemError {
        TandemError(.malformed, message, file: file, line: row.line, remedy: remedy)
    }
}
