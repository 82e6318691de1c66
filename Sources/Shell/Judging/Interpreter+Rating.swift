import Basics
import Judging
import Sessions

/// What a person says: `/rate`, and `/judge audit`.
extension Interpreter {
    private var askingNeedsAPerson: TandemError {
        TandemError(
            .usage, "there is nobody to ask",
            remedy: "in a script give the verdict: /rate TURN NAME, tie or bad, or NAME=POINTS")
    }

    func rate(_ rating: Command.Rating) throws(TandemError) {
        switch rating {
        case .ask(let choice, let byPoints):
            guard let ask else { throw askingNeedsAPerson }
            for turn in try turns(choice) {
                let entries = JudgedTurns([turn]).entries.filter { $0.failure == nil }
                if entries.isEmpty { continue }
                let person = BlindPerson(ask, output, seed: settings.seed)
                let given =
                    byPoints || entries.count != 2
                    ? person.points(entries).map { Command.Rating.points(turn: turn.number, $0) }
                    : person.preference(entries).map { .preference(turn: turn.number, $0) }
                guard let given else { return output.note("the rest was not rated") }
                try rate(given)
                record(.rate(given))
            }
        case .preference(let number, let name):
            let entries = try rated(number)
            let names = entries.map(\.variant)
            guard entries.count == 2, names.contains(name) || ["tie", "bad"].contains(name) else {
                throw TandemError(
                    .usage, "\(name) is no verdict on turn \(number)",
                    remedy: entries.count == 2
                        ? "say \(names.joined(separator: ", ")), tie or bad"
                        : "a preference is between two whole answers; give NAME=POINTS")
            }
            output.renderer.result(
                ScoreTable(
                    header: ["turn", "first", "second", "preferred"],
                    rows: [[String(number)] + names + [name]]),
                events: [
                    [
                        "event": "rating", "turn": .integer(number), "first": .string(names[0]),
                        "second": .string(names[1]), "preferred": .string(name),
                    ]
                ])
        case .points(let number, let points):
            let names = try rated(number).map(\.variant)
            if let unknown = points.first(where: { !names.contains($0.key) }) {
                throw TandemError(
                    .notFound, "turn \(number) has no whole answer of \(unknown.key)",
                    remedy: "answers are there of \(names.joined(separator: ", "))")
            }
            output.renderer.result(
                ScoreTable(
                    header: ["turn", "variant", "points"],
                    rows: points.map { [String(number), $0.key, $0.value] }),
                events: points.map {
                    [
                        "event": "rating", "turn": .integer(number), "variant": .string($0.key),
                        "score": Int($0.value).map { .integer($0) } ?? nil,
                    ]
                })
        }
    }

    private func rated(_ number: Int) throws(TandemError) -> [JudgedTurns.Entry] {
        JudgedTurns(try turns(.number(number))).entries.filter { $0.failure == nil }
    }

    func audit() throws(TandemError) {
        guard let ask else { throw askingNeedsAPerson }
        let scores = judges.scores
        if scores.isEmpty {
            throw TandemError(
                .usage, "no judge has scored anything yet", remedy: "begin with /judge all")
        }
        let person = BlindPerson(ask, output, seed: settings.seed)
        var rated: [(judge: Double, person: Double)] = []
        let drawn = Audit.draw(from: scores.count, seed: settings.seed)
        for index in drawn {
            guard let points = person.points(scores[index].entry, title: "answer") else { break }
            rated.append((scores[index].score, Double(points)))
        }
        let report = AuditReport(
            Audit(judged: scores.map(\.score), rated: rated), judged: scores.count,
            seed: settings.seed)
        output.renderer.result(report.table, events: [report.event])
    }
}
