import Basics
import Glibc
import LanguageModels
import Sessions

/// Keeps a run's answers as they are finished, in a file of its own, so that the run can go on after
/// an interruption, a crash or `kill -9`.
///
/// Records: the run, its rows, then each answer; `end` when all are there, and after that what judges
/// and people say (``GivenScores``). A run that has no `end` and
/// is asked for again goes on; one that has is kept, and begins anew in another file.
final class RunJournal {
    let path: String
    /// What was there, by the number of the row and the variant. Answers that failed are asked again.
    let finished: [Int: [String: RunAnswer]]
    /// All records that were there.
    let found: [JSON]
    /// What was wrong with the file, for people.
    let warnings: [String]
    private let journal: Journal

    /// - Throws: `inputOutput` where the file cannot be made or is written by another process.
    init(_ plan: RunPlan, path: String) throws(TandemError) {
        self.path = path
        journal = try Journal(path: path)
        warnings = journal.warnings
        found = journal.records.map(\.value)
        finished = Self.answers(found).mapValues {
            $0.filter { $0.value.finish != .error }
        }
        if found.isEmpty {
            try journal.append([plan.header] + plan.rows.map(\.json))
        }
    }

    /// Where a run is kept that has not begun in this session.
    /// - Parameters:
    ///   - folder: where runs are kept.
    ///   - startsAnew: does not look for an unfinished one.
    static func path(for plan: RunPlan, in folder: String, startsAnew: Bool) -> String {
        let stem = stem(of: plan.file) + "-" + plan.key.prefix(12)
        func path(_ attempt: Int) -> String { "\(folder)/\(stem)-\(attempt).jsonl" }
        var attempt = 1
        while access(path(attempt), F_OK) == 0 { attempt += 1 }
        if !startsAnew, attempt > 1, canGoOn(path(attempt - 1), plan) { attempt -= 1 }
        return path(attempt)
    }

    /// Whether the file holds this plan, whole, or nothing yet.
    static func belongs(_ path: String, to plan: RunPlan) -> Bool {
        guard let records = try? Journal.read(path: path).records, !records.isEmpty else {
            return true
        }
        return holds(records, plan)
    }

    func add(_ answer: RunAnswer, row: Int, variant: String) throws(TandemError) {
        try journal.append([
            "type": "answer", "row": .integer(row), "variant": .string(variant),
            "text": .string(answer.text),
            "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
            "token_ids": .array(answer.tokenIDs.map { .integer(Int($0)) }),
            "finish": .string(answer.finish.rawValue),
            "detail": answer.detail.map { .string($0) } ?? nil,
        ])
    }

    /// All answers are there.
    func end() throws(TandemError) {
        if found.contains(where: { $0["type"]?.string == "end" }) { return }
        try journal.append(["type": "end"])
    }

    /// By the number of the row, then the variant.
    static func answers(_ records: [JSON]) -> [Int: [String: RunAnswer]] {
        var answers: [Int: [String: RunAnswer]] = [:]
        for record in records where record["type"]?.string == "answer" {
            guard let row = record["row"]?.integer, let variant = record["variant"]?.string,
                let answer = RunAnswer(record)
            else { continue }
            answers[row, default: [:]][variant] = answer
        }
        return answers
    }

    /// Whether the file holds this plan, whole, and no end.
    private static func canGoOn(_ path: String, _ plan: RunPlan) -> Bool {
        guard let records = try? Journal.read(path: path).records else { return false }
        return holds(records, plan) && count("end", records) == 0
    }

    private static func holds(_ records: [Journal.Record], _ plan: RunPlan) -> Bool {
        records.first?.value["key"]?.string == plan.key
            && count("row", records) == plan.rows.count
    }

    private static func count(_ type: String, _ records: [Journal.Record]) -> Int {
        records.count { $0.value["type"]?.string == type }
    }

    /// The file's name without what a name cannot hold.
    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let stem = name.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
        let plain = stem.unicodeScalars.filter {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || $0 == "-" || $0 == "_"
        }
        return plain.isEmpty ? "rows" : String(String.UnicodeScalarView(plain.prefix(40)))
    }
}
