import Basics
import Glibc
import Judging
import LineEditor
import Sessions

/// `/rubric`: what answers are scored by.
extension Interpreter {
    func handleRubric(_ rubric: Command.Rubric) throws(TandemError) {
        switch rubric {
        case .list:
            var lines: [String] = []
            for name in judges.rubrics.names {
                let summary: String
                do throws(TandemError) {
                    summary = try judges.rubrics.rubric(name).summary
                } catch {
                    summary = "cannot be read: \(error)"
                }
                let space = String(repeating: " ", count: max(1, 14 - name.count))
                lines.append(TerminalText.visibleOnOneLine(name + space + summary))
            }
            output.renderLines(lines)
        case .show(let name):
            output.renderLines(Self.lines(try judges.rubrics.text(of: name).text))
        case .new(let name): try newRubric(name)
        case .edit(let name):
            let path = try judges.rubrics.path(of: name)
            if access(path, F_OK) != 0 { try copy(name, to: path) }
            try edit(path)
            _ = try judges.rubrics.rubric(name)
        case .test(let name, let judge): try test(name, judge)
        }
    }

    private static func lines(_ text: String) -> [String] {
        TerminalText.visible(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
    }

    private func newRubric(_ name: String) throws(TandemError) {
        let path = try judges.rubrics.path(of: name)
        if judges.rubrics.names.contains(name) {
            throw TandemError(
                .usage, "a rubric is called \(name) already",
                remedy: "change it: /rubric edit \(name)")
        }
        try copy("general", to: path)
        output.note(
            "\(HomePath.shortened(path)) is a copy of general: change it with /rubric edit \(name)")
    }

    private func copy(_ name: String, to path: String) throws(TandemError) {
        let text = try judges.rubrics.text(of: name).text
        try Folder.make(judges.rubrics.folder)
        try TextFile.write(text, to: path)
    }

    private func edit(_ path: String) throws(TandemError) {
        let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
        try SystemShell.run("${VISUAL:-${EDITOR:-vi}} " + quoted)
    }

    /// Shows what a judge is asked for the last answer, or for one made up, and how it does on
    /// answers that deserve nothing.
    private func test(_ name: String, _ judge: String?) throws(TandemError) {
        let rubric = try judges.rubrics.rubric(name)
        let last = turns.last.map { JudgedAnswers([$0]) }?.entries.first { $0.failure == nil }?
            .answer
        let answer = last ?? Canaries.answers[Canaries.answers.count - 1]
        for (role, text) in rubric.messages(for: answer) {
            output.renderLines(["[\(role)]"] + Self.lines(text) + [""])
        }
        output.renderLines(["[schema]", rubric.schema.text, ""])
        guard let judge else { return }
        let name = try judgeName(judge, beside: [])
        let before = judges.caller.usage
        let judgements = try InterruptFlag.watching { () throws(TandemError) in
            try Judge(judges.caller, name: name, rubric: rubric).judge(
                Canaries.answers, isInterrupted: { InterruptFlag.isRaised })
        }
        guard let judgements else { return interruptJudging() }
        let report = JudgeReport(
            judge: name, rubric: rubric, answers: .worthless, judgements: judgements,
            canaries: judgements.map { $0[0] })
        output.renderer.result(
            report.table, events: report.judgementEvents + [report.canaryEvent])
        for line in report.notes { output.note(line) }
        noteUsage(of: name, since: before)
    }
}
