import Basics
import Judging
import LineEditor
import Sessions

/// `/versus`: a variant compares answers, two by two and in both orders.
extension Interpreter {
    func compare(_ judging: Command.Judging) throws(TandemError) {
        let turns = JudgedTurns(try turns(judging.turns))
        let rubric = try judges.rubrics.rubric(judging.rubric ?? "general")
        let pairs = VersusReport.pairs(of: turns.entries)
        if pairs.isEmpty {
            throw TandemError(
                .usage, "there are no two whole answers to compare",
                remedy: "a lineup of two or more answers each prompt twice")
        }
        let name = try judgeName(judging.judge, beside: turns.variants)
        let judge = Judge(judges.caller, name: name, rubric: rubric)
        let before = judges.caller.usage
        let verdicts = try InterruptFlag.watching { () throws(TandemError) in
            try judge.compare(
                pairs.map { ($0.first.answer, $0.second.answer) },
                isInterrupted: { InterruptFlag.isRaised },
                onProgress: { progress($0, of: $1) })
        }
        guard let verdicts else { return interruptJudging() }
        let report = VersusReport(judge: name, rubric: rubric, pairs: pairs, verdicts: verdicts)
        output.renderer.result(report.table, events: report.events)
        for line in report.notes { output.note(line) }
        noteUsage(of: name, since: before)
    }
}
