import Basics
import Glibc
import Sessions

/// Remarks on items, kept from session to session.
struct FailureLog {
    struct Entry: Equatable {
        /// When it was written, as `2026-11-25 17:04` in UTC.
        let time: String
        let file: String
        let item: String
        let prompt: String
        let remark: String
    }

    let path: String

    /// - Throws: `inputOutput` where it cannot be kept.
    /// - Returns: what was wrong with the file, for people.
    func add(_ item: FailureReport.Item, of report: FailureReport, file: String, remark: String)
        throws(TandemError) -> [String]
    {
        var (answers, scores) = (JSONObject(), JSONObject())
        for (index, variant) in report.variants.enumerated() {
            answers[variant] = .string(item.answers[index].text)
            scores[variant] = item.scores[index].value.map { .number($0) } ?? .null
        }
        let journal = try Journal(path: path)
        try journal.append([
            "type": "failure", "time": .string(UTCTime().minute), "file": .string(file),
            "item": .string(item.row.label), "prompt": .string(item.row.prompt),
            "references": .array(item.row.references.map { .string($0) }),
            "answers": .object(answers), "metric": .string(report.measure.name),
            "scores": .object(scores), "remark": .string(remark),
        ])
        return journal.warnings
    }

    /// In the order they were written; none where there is no file.
    func entries() throws(TandemError) -> (entries: [Entry], warnings: [String]) {
        if access(path, F_OK) != 0 { return ([], []) }
        let (records, warnings) = try Journal.read(path: path)
        let entries = records.compactMap { record -> Entry? in
            func text(_ key: String) -> String? { record.value[key]?.string }
            guard let time = text("time"), let file = text("file"), let item = text("item"),
                let prompt = text("prompt"), let remark = text("remark")
            else { return nil }
            return Entry(time: time, file: file, item: item, prompt: prompt, remark: remark)
        }
        return (entries, warnings)
    }
}
