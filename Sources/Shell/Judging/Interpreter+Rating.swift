import Basics
import Judging
import Sessions

/// What a person says: `/rate`, and `/judge audit`.
extension Interpreter {
    private var askingNeedsAPerson: TandemError {
        TandemError(
            .usage, "there is nobody to ask",
            remedy: "in a script give the verdict: /rate TURN NAME, tie or bad, or NAME=POINTS; "
                + "/rate run ITEM for a row of a run")
    }

    /// The person at the terminal.
    private func person() throws(TandemError) -> BlindPerson {
        guard let ask else { throw askingNeedsAPerson }
        return BlindPerson(ask, output, seed: settings.seed)
    }

    func rate(_ rating: Command.Rating) throws(TandemError) {
        switch rating {
        case .ask(.run, let byPoints, let sample):
            try rateRun(try person(), byPoints: byPoints, sample: sample)
        case .ask(let choice, let byPoints, _):
            let person = try person()
            for entries in JudgedAnswers(try turns(choice)).whole {
                guard
                    let given = person.rating(
                        of: .turn(entries[0].number), entries, byPoints: byPoints)
                else { return output.note("the rest was not rated") }
                try rate(given)
                record(.rate(given))
            }
        case .preference(let subject, _), .points(let subject, _):
            let result = try result(of: rating, on: subject)
            if case .item = subject { keep(result.events.map(\.record)) }
            output.renderer.result(result.table, events: result.events)
        }
    }

    /// Asks for each row of the last run that was not rated yet, in an order that is drawn. Whose
    /// answers they were is shown at the end only.
    private func rateRun(
        _ person: BlindPerson, byPoints: Bool, sample: Int?
    ) throws(TandemError) {
        let run = try lookedAtRun()
        let items = RunRating.drawn(JudgedAnswers(run.results).whole, seed: settings.seed)
            .prefix(sample ?? .max)
        let measure =
            byPoints || run.results.variants.count != 2 ? GivenScores.rate : GivenScores.preferred
        let known = run.given.first { $0.measure.name == measure.name }
        let rest = items.filter { known?.isComplete($0[0].number) != true }
        var results: [RatingResult] = []
        if rest.count < items.count {
            output.note("\(items.count - rest.count) of \(items.count) rows are rated already")
        }
        for (index, entries) in rest.enumerated() {
            let subject = Command.Rating.Subject.item(entries[0].label)
            let place = items.count - rest.count + index + 1
            guard
                let given = person.rating(
                    of: subject, entries, byPoints: byPoints,
                    title: "\(place) of \(items.count), question")
            else {
                output.note(
                    "\(place - 1) of \(items.count) rows are rated; the same /rate run goes on")
                break
            }
            let result = try result(of: given, on: subject)
            keep(result.events.map(\.record))
            for event in result.events { recorder.add(.record(event.record)) }
            record(.rate(given))
            results.append(result)
        }
        if let first = results.first {
            output.renderer.result(
                ScoreTable(header: first.table.header, rows: results.flatMap(\.table.rows)),
                events: results.flatMap(\.events), lines: { _ in [] })
        }
        recorder.discard()
        if let lastRun { output.renderer.summary(lastRun.summary) }
        if !results.isEmpty { record(.score([], turns: .run)) }
    }

    private func result(
        of rating: Command.Rating, on subject: Command.Rating.Subject
    ) throws(TandemError) -> RatingResult {
        switch subject {
        case .turn(let number):
            try RatingResult(rating, JudgedAnswers(try turns(.number(number))))
        case .item(let name):
            try RatingResult(rating, JudgedAnswers(try lookedAtRun().results), item: name)
        }
    }

    func audit() throws(TandemError) {
        let person = try person()
        let scores = judges.scores
        if scores.isEmpty {
            throw TandemError(
                .usage, "no judge has scored anything yet", remedy: "begin with /judge all")
        }
        var rated: [(judge: Double, person: Double)] = []
        let drawn = Audit.draw(from: scores.count, seed: settings.seed)
        for index in drawn {
            guard let points = person.points(withQuestion: scores[index].entry) else { break }
            rated.append((scores[index].score, Double(points)))
        }
        let report = AuditReport(
            Audit(judged: scores.map(\.score), rated: rated), judged: scores.count,
            seed: settings.seed)
        output.renderer.result(report.table, events: [report.event])
    }
}
