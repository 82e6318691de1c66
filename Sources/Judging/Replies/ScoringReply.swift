import Basics

/// Reads points and reason from a judge's reply, and checks them against the rubric.
enum ScoringReply {
    /// - Throws: `malformed`: why the reply is no verdict.
    static func read(_ reply: String, _ rubric: Rubric) throws(TandemError) -> Judgement {
        let object = try ReplyObject.find(in: reply)
        guard let criteria = object["criteria"]?.object else {
            throw wrong("has no criteria")
        }
        guard let reason = object["reason"]?.string else { throw wrong("has no reason") }
        for key in criteria.keys where !rubric.criteria.contains(where: { $0.name == key }) {
            throw wrong("has a criterion \(key) that is not asked for")
        }
        var points: [Judgement.Points] = []
        for criterion in rubric.criteria {
            guard let value = criteria[criterion.name] else {
                throw wrong("has no \(criterion.name)")
            }
            guard let number = value.double, let whole = Int(exactly: number) else {
                throw wrong("gives \(criterion.name) \(value.kind), not whole points")
            }
            guard (0...criterion.points).contains(whole) else {
                throw wrong("gives \(criterion.name) \(whole), outside 0 to \(criterion.points)")
            }
            points.append(.init(criterion: criterion.name, points: whole))
        }
        var judgement = Judgement(.score(Rubric.score(points.map(\.points))))
        judgement.criteria = points
        judgement.reason = reason
        return judgement
    }

    private static func wrong(_ what: String) -> TandemError {
        TandemError(.malformed, "the judge's reply \(what)")
    }
}
