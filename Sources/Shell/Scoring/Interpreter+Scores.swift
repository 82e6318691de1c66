import Basics
import Metrics
import Sessions

extension Interpreter {
    /// A text, or what the file of `@FILE` holds, without line ends at its end.
    func referenceText(_ text: String) throws(TandemError) -> String {
        guard text.hasPrefix("@") else { return text }
        var content = try TextFile.read(HomePath.expanded(String(text.dropFirst())))
        while content.utf8.last == 0x0A { content.unicodeScalars.removeLast() }
        return content
    }

    func score(_ names: [String], _ choice: TurnChoice) throws(TandemError) {
        if choice == .run { return try scoreRun(names) }
        let turns = try turns(choice)
        let metrics = try metrics(
            names.isEmpty ? ["rouge1", "rouge2", "rougeL", "bleu", "em"] : names)
        output.renderer.scores(TurnScores(turns, metrics, isTogether: choice == .all).rows)
    }

    func metrics(_ names: [String]) throws(TandemError) -> [Metric] {
        var metrics: [Metric] = []
        for name in names { metrics.append(try MetricCatalog.metric(named: name)) }
        return metrics
    }

    /// The scores of the last run, by further metrics too.
    private func scoreRun(_ names: [String]) throws(TandemError) {
        var run = try lookedAtRun()
        run.add(try metrics(names))
        lastRun = run
        output.renderer.summary(run.summary)
    }
}
