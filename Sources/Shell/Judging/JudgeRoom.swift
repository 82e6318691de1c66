import Basics
import Judging
import LanguageModels

/// What judging needs from one command to the next.
final class JudgeRoom {
    let caller: JudgeCaller
    let rubrics = RubricLibrary(folder: HomePath.rubricFolder)
    /// Who judged last.
    var lastJudge: String?

    /// What judges said since the start, for an audit: the last word on each answer.
    private(set) var scores: [(entry: JudgedAnswers.Entry, score: Double)] = []
    private var group = ""

    /// Scores that belong together.
    static func group(_ judge: String, _ rubric: String, isRun: Bool) -> String {
        "\(judge) by \(rubric)" + (isRun ? " of a run" : "")
    }

    /// Keeps scores that belong together (of one judge by one rubric); those of others begin anew.
    func keep(_ new: [(JudgedAnswers.Entry, Double)], of group: String) {
        if group != self.group { scores = [] }
        self.group = group
        for (entry, score) in new {
            if let index = scores.firstIndex(where: {
                $0.entry.number == entry.number && $0.entry.variant == entry.variant
            }) {
                scores[index] = (entry, score)
            } else {
                scores.append((entry, score))
            }
        }
    }

    /// Keeps what records of a session or a run say of answers.
    func keep(_ records: [JSON], of answers: JudgedAnswers) {
        let number = answers.isRun ? "row" : "turn"
        for entry in answers.entries {
            let own = records.filter {
                $0[number]?.integer == entry.number && $0["variant"]?.string == entry.variant
            }
            let scores = own.compactMap { $0["score"]?.double }
            guard let judge = own.last?["judge"]?.string,
                let rubric = own.last?["rubric"]?.string, !scores.isEmpty
            else { continue }
            keep(
                [(entry, scores.reduce(0, +) / Double(scores.count))],
                of: Self.group(judge, rubric, isRun: answers.isRun))
        }
    }

    /// - Parameter keepsCalls: on disk.
    init(_ source: any AnswerSource, keepsCalls: Bool) {
        caller = JudgeCaller(
            source: source,
            cache: keepsCalls ? JudgeCache(folder: HomePath.judgementFolder) : nil)
    }
}
