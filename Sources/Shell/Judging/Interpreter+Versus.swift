import Basics
import Judging
import LineEditor
import Metrics
import Sessions

/// `/versus`: a variant compares answers, two by two and in both orders.
extension Interpreter {
    func compare(_ judging: Command.Judging) throws(TandemError) {
        let answers = try judged(judging.turns)
        let rubric = try judges.rubrics.rubric(judging.rubric ?? "general")
        let pairs = VersusReport.pairs(of: answers)
        if pairs.isEmpty {
            throw TandemError(
                .usage, "there are no two whole answers to compare",
                remedy: "a lineup of two or more answers each prompt twice")
        }
        let name = try judgeName(judging.judge, beside: answers.variants)
        let judge = Judge(judges.caller, name: name, rubric: rubric)
        let before = judges.caller.usage
        let asked = pairs.map { ($0.first.answer, $0.second.answer) }
        announce(try judge.outstandingPairs(asked), to: name)
        let verdicts = try InterruptFlag.watching { () throws(TandemError) in
            try judge.compare(
                asked, isInterrupted: { InterruptFlag.isRaised },
                onProgress: { progress($0, of: $1) })
        }
        guard let verdicts else { return interruptJudging() }
        let report = VersusReport(
            judge: name, rubric: rubric, answers: answers, pairs: pairs, verdicts: verdicts)
        showJudged(
            report.table, report.pairEvents, report.wins.map(\.event), of: answers,
            as: GivenScores.versus, notes: report.notes)
        noteUsage(of: name, since: before)
    }
}
