import Basics
import Metrics
import Sessions

/// The scores that expectations are about: of the last run where nothing was answered since, else of
/// turns.
struct ExpectedScores {
    private let interpreter: Interpreter
    private let run: RunResults?

    init(_ interpreter: Interpreter) {
        self.interpreter = interpreter
        run = interpreter.isAfterRun ? interpreter.lastRun?.results : nil
    }

    /// Of the last turn, or of all rows of the run together.
    /// - Throws: `usage` for a metric that there is not; `notFound` for a variant without answers.
    func score(_ measure: Expectation.Measure) throws(TandemError) -> Score {
        if isGiven(measure) {
            guard let turn = interpreter.turns.last, run == nil else {
                return .unscored("a run has no score by \(measure.metric)")
            }
            return given(measure, turn.number)
        }
        let metric = try metric(measure)
        if let run {
            let column = try column(measure, run.variants)
            let result = RunSummary(run, metrics: [metric], threshold: 0).results[0]
            guard let estimate = result.columns[column].estimate else {
                return .unscored(result.columns[column].unscored.first?.reason ?? "no rows")
            }
            return .value(estimate.mean)
        }
        guard let turn = interpreter.turns.last else { throw interpreter.noTurn }
        let column = try column(measure, turn.answers.map(\.variant))
        return TurnScores([turn], [metric], isTogether: false).rows[0].entries[column].score
    }

    /// By item: rows of the run, or all turns that have references or were judged.
    /// - Returns: nil where no item has a score of both.
    func comparison(_ measure: Expectation.Measure, with other: String) throws(TandemError)
        -> PairedComparison?
    {
        let turns = interpreter.turns.filter { turn in
            [measure.variant, other].allSatisfy { name in
                turn.answers.contains { $0.variant == name }
            }
        }
        let baseline = Expectation.Measure(variant: other, metric: measure.metric)
        if isGiven(measure) {
            return PairedComparison(
                baseline: turns.map { given(baseline, $0.number).value },
                variant: turns.map { given(measure, $0.number).value })
        }
        let metric = try metric(measure)
        if let run {
            let summary = RunSummary(run, metrics: [metric], threshold: 0)
            let columns = summary.results[0].columns
            return columns[try column(measure, run.variants)].scored.compared(
                with: columns[try column(baseline, run.variants)].scored, groups: run.groups)
        }
        func scored(_ variant: String) -> MetricColumn {
            let answers = turns.compactMap { turn in
                turn.answers.first { $0.variant == variant }.map { (turn.references, $0) }
            }
            var failures: [Int: String] = [:]
            for (index, (_, answer)) in answers.enumerated() where answer.finish == .error {
                failures[index] = "the answer failed"
            }
            let items = answers.map { ScoredItem(answer: $0.1.text, references: $0.0) }
            return ScoredItems(items, metrics: [metric], threads: 1).column(0, failures: failures)
        }
        return scored(measure.variant).compared(with: scored(other), groups: nil)
    }

    func direction(_ measure: Expectation.Measure) throws(TandemError) -> Direction {
        isGiven(measure) ? .moreIsBetter : try metric(measure).direction
    }

    private func isGiven(_ measure: Expectation.Measure) -> Bool {
        [Expectation.Measure.judge, Expectation.Measure.rate].contains(measure.metric)
    }

    private func metric(_ measure: Expectation.Measure) throws(TandemError) -> Metric {
        do throws(TandemError) {
            return try MetricCatalog.metric(named: measure.metric)
        } catch {
            var error = error
            error.culprit = measure.text
            throw error
        }
    }

    private func column(_ measure: Expectation.Measure, _ variants: [String]) throws(TandemError)
        -> Int
    {
        if let column = variants.firstIndex(of: measure.variant) { return column }
        throw interpreter.unknown(measure.variant, among: variants)
    }

    /// What a judge or a person said of a turn's answer.
    private func given(_ measure: Expectation.Measure, _ turn: Int) -> Score {
        if measure.metric == Expectation.Measure.rate {
            return interpreter.ratings[turn]?[measure.variant].map(Score.value)
                ?? .unscored("nobody rated turn \(turn)")
        }
        let known = interpreter.judges.scores.last {
            $0.entry.turn == turn && $0.entry.variant == measure.variant
        }
        return known.map { .value($0.score) } ?? .unscored("no judge has scored turn \(turn)")
    }
}
