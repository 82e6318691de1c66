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
        let turns = try turns(choice)
        var metrics: [Metric] = []
        for name in names.isEmpty ? ["rouge1", "rouge2", "rougeL", "bleu", "em"] : names {
            metrics.append(try MetricCatalog.metric(named: name))
        }
        output.renderer.scores(TurnScores(turns, metrics, isTogether: choice == .all).rows)
    }
}
