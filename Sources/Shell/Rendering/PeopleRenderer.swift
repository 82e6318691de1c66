import Basics

/// What is shown alike by all renderers for people.
protocol PeopleRenderer: Renderer {
    var context: RenderingContext { get }
}

extension PeopleRenderer {
    func scores(_ rows: [ScoreRow]) { context.write(ScoreTable(rows).text + "\n") }

    func summary(_ summary: RunSummary) {
        write(SummaryTable(summary, columns: context.columns).lines)
    }

    func failures(_ report: FailureReport) {
        write(FailureText(report, columns: context.columns).lines)
    }

    func failure(_ item: FailureReport.Item, of report: FailureReport) {
        write(FailureText(report, columns: context.columns).lines(of: item, isWhole: true))
    }

    func failureLog(_ entries: [FailureLog.Entry]) {
        write(
            entries.map { entry in
                let item = "\(HomePath.shortened(entry.file)) item \(entry.item)"
                return "\(entry.time)  \(TerminalText.visibleOnOneLine(item)): "
                    + TerminalText.visibleOnOneLine(entry.remark)
            })
    }

    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {
        guard let lines else { return context.writeTable(table.visible) }
        let shown = lines(context)
        // A single line stands close to those before and after it.
        if shown.count == 1 { return context.writeLine(shown[0]) }
        if !shown.isEmpty { write(shown) }
    }

    private func write(_ lines: [String]) {
        for line in lines { context.writeLine(line) }
        context.write("\n")
    }
}
