import Basics
import Sessions

/// Replays beside their recordings, as a table and as events.
struct CheckReport {
    private let check: ScriptCheck

    init(_ check: ScriptCheck) { self.check = check }

    /// All findings but for rows of runs, and scores, that came again byte by byte: of these there may be
    /// thousands, and the summary counts them.
    var table: ScoreTable {
        let shown = check.findings.filter { finding in
            finding.outcome != .same(.bytes) || ["answer", "expect"].contains(finding.type)
        }
        return ScoreTable(
            header: ["result", "replay", "detail"],
            rows: shown.map { [$0.subject, $0.word, $0.detail] } + [
                [check.script, check.status == 0 ? "ok" : "FAILED", check.summary]
            ], endsWithText: true)
    }

    var events: [JSON] {
        check.findings.map { finding in
            var (outcome, tier): (String, JSON) = (finding.word.lowercased(), nil)
            if case .same(let value) = finding.outcome {
                (outcome, tier) = ("same", .string(value.rawValue))
            }
            return [
                "event": "check", "script": .string(check.script), "type": .string(finding.type),
                "subject": .string(finding.subject), "outcome": .string(outcome), "tier": tier,
                "passed": .bool(!finding.isBad), "detail": .string(finding.detail),
            ]
        } + [
            [
                "event": "checked", "script": .string(check.script),
                "passed": .bool(check.status == 0), "accepted": .bool(check.isAccepted),
                "summary": .string(check.summary),
            ]
        ]
    }
}
