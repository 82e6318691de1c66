import Basics
import LanguageModels
import Metrics
import Sessions

/// `/expect`: what must hold. What does not is counted, and the script goes on.
extension Interpreter {
    func expect(_ expectation: Expectation) throws(TandemError) {
        let result =
            switch expectation {
            case .answer(let variant, let check): try result(expectation, variant, check)
            case .score(let measure, let relation, let bound):
                try result(expectation, measure, relation, bound)
            case .standing(let measure, let standing, let other):
                try result(expectation, measure, standing, than: other)
            }
        if !result.passed { failedExpectationCount += 1 }
        output.renderer.result(
            result.table, events: [result.event(line: place?.line)], lines: { _ in result.lines })
    }

    private func result(
        _ expectation: Expectation, _ variant: String?, _ check: Expectation.Check
    ) throws(TandemError) -> ExpectationResult {
        guard let turn = turns.last else { throw noTurn }
        let answers = turn.answers.filter { variant == nil || $0.variant == variant }
        if answers.isEmpty { throw unknown(variant ?? "", among: turn.answers.map(\.variant)) }
        var (passed, detail): (Bool, String?) = (true, nil)
        for answer in answers {
            let (holds, reason) = try AnswerCheck(check).holds(for: answer)
            passed = passed && holds
            detail = detail ?? reason
        }
        return ExpectationResult(
            text: expectation.text, passed: passed,
            values: answers.map { ($0.variant, .string($0.text)) }, detail: detail)
    }

    private func result(
        _ expectation: Expectation, _ measure: Expectation.Measure,
        _ relation: Expectation.Relation, _ bound: Expectation.Bound
    ) throws(TandemError) -> ExpectationResult {
        let scores = ExpectedScores(self)
        let left = try scores.score(measure)
        var values = [(measure.text, Self.json(left))]
        var right = Score.value(0)
        switch bound.base {
        case .number(let number): right = .value(number)
        case .measure(let other):
            right = try scores.score(other)
            values.append((other.text, Self.json(right)))
        }
        guard let first = left.value, let second = right.value else {
            return ExpectationResult(
                text: expectation.text, passed: false, values: values,
                detail: left.value == nil
                    ? "\(measure.text) is unscored" : "what it is compared with is unscored")
        }
        return ExpectationResult(
            text: expectation.text, passed: relation.holds(first, second + bound.offset),
            values: values, detail: nil)
    }

    private static func json(_ score: Score) -> JSON {
        switch score {
        case .value(let value): .number(value)
        case .unscored(let reason): .string(reason)
        }
    }

    private func result(
        _ expectation: Expectation, _ measure: Expectation.Measure,
        _ standing: Expectation.Standing, than other: String
    ) throws(TandemError) -> ExpectationResult {
        let scores = ExpectedScores(self)
        guard let comparison = try scores.comparison(measure, with: other) else {
            return ExpectationResult(
                text: expectation.text, passed: false, values: [],
                detail: "no item has a score of both")
        }
        let verdict = Verdict(
            comparison, p: comparison.decidingP, direction: try scores.direction(measure))
        let passed =
            switch standing {
            case .better: verdict == .better
            case .worse: verdict == .worse
            case .notWorse: verdict != .worse
            }
        let interval = comparison.interval
        return ExpectationResult(
            text: expectation.text, passed: passed,
            values: [
                ("delta", .number(comparison.delta)),
                (
                    "interval",
                    interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? nil
                ),
                ("p", .number(comparison.decidingP)), ("n", .integer(comparison.count)),
            ],
            detail: SummaryCells.verdict(verdict))
    }

    func unknown(_ variant: String, among names: [String]) -> TandemError {
        TandemError(
            .notFound, "\(variant) gave no answer",
            remedy: "answers are there of \(names.joined(separator: ", "))", culprit: variant)
    }
}
