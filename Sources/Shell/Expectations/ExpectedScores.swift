import Basics
import Metrics
import Sessions

/// The scores that expectations are about: of the last run where nothing was answered since, else of
/// turns.
struct ExpectedScores {
    private let interpreter: Interpreter
    private let run: LastRun?

    init(_ interpreter: Interpreter) {
        self.interpreter = interpreter
        run = interpreter.isAfterRun ? interpreter.lastRun : nil
    }

    /// Of the last turn, or of all rows of the run together.
    /// - Throws: `usage` for a metric that there is not; `notFound` for a variant without answers.
    func score(_ wanted: Expectation.Measure) throws(TandemError) -> Score {
        if let run {
            let column = try column(wanted, of: run)
            guard let estimate = column.estimate(groups: run.results.groups) else {
                return column.scores.first ?? .unscored("the run has no rows")
            }
            return .value(estimate.mean)
        }
        guard let turn = interpreter.turns.last else { throw interpreter.noTurn }
        if isGiven(wanted) { return given([wanted.variant], wanted)(turn.number, wanted.variant) }
        let place = try place(wanted, turn.answers.map(\.variant))
        return TurnScores([turn], [try metric(wanted)], isTogether: false)
            .rows[0].entries[place].score
    }

    /// By item: rows of the run, or all turns that both answered.
    /// - Returns: nil where no item has a score of both.
    func comparison(_ wanted: Expectation.Measure, with other: String) throws(TandemError)
        -> PairedComparison?
    {
        let baseline = Expectation.Measure(variant: other, metric: wanted.metric)
        if let run {
            return try column(wanted, of: run).compared(
                with: column(baseline, of: run), groups: run.results.groups)
        }
        let names = [wanted.variant, other]
        let turns = interpreter.turns.filter { turn in
            names.allSatisfy { name in turn.answers.contains { $0.variant == name } }
        }
        if isGiven(wanted) {
            let score = given(names, wanted)
            func said(_ name: String) -> MetricColumn {
                MetricColumn(turns.map { score($0.number, name) })
            }
            return said(wanted.variant).compared(with: said(other), groups: nil)
        }
        let metric = try metric(wanted)
        return Self.column(turns, wanted.variant, metric).compared(
            with: Self.column(turns, other, metric), groups: nil)
    }

    func direction(_ wanted: Expectation.Measure) throws(TandemError) -> Direction {
        isGiven(wanted) ? .moreIsBetter : try metric(wanted).direction
    }

    private func isGiven(_ wanted: Expectation.Measure) -> Bool {
        GivenScores.measures.contains { $0.name == wanted.metric }
    }

    /// What judges and people said of turns, by the number of the turn and the variant.
    private func given(_ variants: [String], _ wanted: Expectation.Measure) -> (Int, String) ->
        Score
    {
        let records = interpreter.recorder.records.filter { $0["turn"] != nil }
        let scores = GivenScores.all(records, variants).first { $0.measure.name == wanted.metric }
        return { turn, variant in
            scores?.score(turn, variant) ?? .unscored("there is no score by \(wanted.metric) yet")
        }
    }

    private static func column(_ turns: [Turn], _ variant: String, _ metric: Metric)
        -> MetricColumn
    {
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

    private func column(_ wanted: Expectation.Measure, of run: LastRun) throws(TandemError)
        -> MetricColumn
    {
        let place = try place(wanted, run.results.variants)
        if isGiven(wanted) {
            let given = run.given.first { $0.measure.name == wanted.metric }
            return MetricColumn(
                run.results.items.map {
                    given?.score($0.row.number, wanted.variant)
                        ?? .unscored("the run has no scores by \(wanted.metric)")
                })
        }
        let measured = Measurements(run.results, metrics: [try metric(wanted)], given: [])
        return measured.rows[0].columns[place]
    }

    private func metric(_ wanted: Expectation.Measure) throws(TandemError) -> Metric {
        do throws(TandemError) {
            return try MetricCatalog.metric(named: wanted.metric)
        } catch {
            var error = error
            error.culprit = wanted.text
            throw error
        }
    }

    private func place(_ wanted: Expectation.Measure, _ variants: [String]) throws(TandemError)
        -> Int
    {
        if let place = variants.firstIndex(of: wanted.variant) { return place }
        throw interpreter.unknown(wanted.variant, among: variants)
    }
}
