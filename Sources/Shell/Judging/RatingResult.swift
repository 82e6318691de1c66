import Basics
import Sessions

/// A rating of one turn's or one row's answers, checked, as a table and as events.
struct RatingResult {
    let table: ScoreTable
    let events: [JSON]

    /// - Parameter item: the row's id or number; nil where the answers are those of one turn.
    /// - Throws: `notFound` for a row or variant that is not there; `usage` for what is no verdict.
    init(
        _ rating: Command.Rating, _ answers: JudgedAnswers, item: String? = nil
    ) throws(TandemError) {
        let groups = answers.whole
        let entries =
            groups.first { group in item.map { $0 == group[0].label } ?? true }
            ?? groups.first { group in String(group[0].number) == item }
        guard let entries else {
            throw TandemError(
                .notFound,
                item.map { "the run has no item \($0) with whole answers" }
                    ?? "the turn has no whole answer",
                remedy: "an item is a row's id or its number; /failures shows them")
        }
        let name = (answers.isRun ? "item " : "turn ") + entries[0].label
        let place = answers.isRun ? "item" : "turn"
        let names = entries.map(\.variant)
        switch rating {
        case .preference(_, let preferred):
            guard names.count == 2, (names + ["tie", "bad"]).contains(preferred) else {
                throw TandemError(
                    .usage, "\(preferred) is no verdict on \(name)",
                    remedy: names.count == 2
                        ? "say \(names.joined(separator: ", ")), tie or bad"
                        : "a preference is between two whole answers; give NAME=POINTS")
            }
            table = ScoreTable(
                header: [place, "first", "second", "preferred"],
                rows: [[entries[0].label] + names + [preferred]])
            events = [
                answers.event(
                    "rating", entries[0],
                    [
                        ("first", .string(names[0])), ("second", .string(names[1])),
                        ("preferred", .string(preferred)),
                    ])
            ]
        case .points(_, let points):
            if let unknown = points.first(where: { !names.contains($0.key) }) {
                throw TandemError(
                    .notFound, "\(name) has no whole answer of \(unknown.key)",
                    remedy: "answers are there of \(names.joined(separator: ", "))")
            }
            table = ScoreTable(
                header: [place, "variant", "points"],
                rows: points.map { [entries[0].label, $0.key, $0.value] })
            events = points.map {
                answers.event(
                    "rating", entries[0],
                    [
                        ("variant", .string($0.key)),
                        ("score", Int($0.value).map { .integer($0) } ?? nil),
                    ])
            }
        case .ask:
            throw TandemError(.usage, "a rating that is asked for is no verdict")
        }
    }
}
