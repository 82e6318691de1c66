import Basics
import Judging

/// How far a judge is from a person.
struct AuditReport {
    private let audit: Audit
    private let judged: Int
    private let interval: ClosedRange<Double>?

    init(_ audit: Audit, judged: Int, seed: UInt64) {
        self.audit = audit
        self.judged = judged
        interval = audit.interval(seed: seed)
    }

    var table: ScoreTable {
        func text(_ value: Double?, _ reason: String) -> String {
            value.map { Numbers.fixed($0, 4) } ?? "unscored: \(reason)"
        }
        let unknown = "the ratings are too few or too much alike"
        let passing = Numbers.short(Audit.passing)
        return ScoreTable(
            header: ["audit", "value"],
            rows: [
                ["answers rated, of those judged", "\(audit.count) of \(judged)"],
                ["at most one point apart", text(audit.agreement, "nothing was rated")],
                ["person − judge, mean", text(audit.meanDifference, "nothing was rated")],
                ["κ of \(passing) points and more", text(audit.kappa, unknown)],
                [
                    "share with \(passing) points and more",
                    text(audit.passRate, "nothing was judged"),
                ],
                ["the same, corrected", text(audit.correctedPassRate, unknown)],
                [
                    "its 95 % interval",
                    interval.map {
                        "\(Numbers.fixed($0.lowerBound, 4)) to \(Numbers.fixed($0.upperBound, 4))"
                    } ?? "unscored: \(unknown)",
                ],
            ], endsWithText: true)
    }

    var event: JSON {
        func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? nil }
        return [
            "event": "audit", "rated": .integer(audit.count), "judged": .integer(judged),
            "agreement": number(audit.agreement), "kappa": number(audit.kappa),
            "mean_difference": number(audit.meanDifference), "pass_rate": number(audit.passRate),
            "corrected_pass_rate": number(audit.correctedPassRate),
            "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? nil,
        ]
    }
}
