import Judging
import LanguageModels

/// What judging needs from one command to the next.
final class JudgeRoom {
    let caller: JudgeCaller
    let rubrics = RubricLibrary(folder: HomePath.rubricFolder)
    /// Who judged last.
    var lastJudge: String?

    /// What judges said since the start, for an audit: the last word on each answer.
    private(set) var scores: [(entry: JudgedTurns.Entry, score: Double)] = []
    private var judge = ""

    /// Keeps scores of one judge by one rubric; those of another begin anew.
    func keep(_ judge: String, _ entry: JudgedTurns.Entry, _ score: Double) {
        if judge != self.judge { scores = [] }
        self.judge = judge
        scores.removeAll { $0.entry.turn == entry.turn && $0.entry.variant == entry.variant }
        scores.append((entry, score))
    }

    init(_ source: any AnswerSource) {
        caller = JudgeCaller(
            source: source, cache: JudgeCache(folder: HomePath.judgementFolder))
    }
}
