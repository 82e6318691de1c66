import Basics
import Sessions

/// Replays as Markdown, for the summary of a CI job: what passed in a line, what did not in a table.
public struct MarkdownReport {
    private let checks: [ScriptCheck]

    public init(_ checks: [ScriptCheck]) { self.checks = checks }

    public var text: String {
        let failed = checks.count { $0.status != 0 }
        let head =
            failed == 0
            ? "all \(checks.count) scripts gave what was recorded"
            : "\(failed) of \(checks.count) scripts did not give what was recorded"
        return "## Tandem: \(head)\n\n" + checks.map(section).joined(separator: "\n")
    }

    private func section(_ check: ScriptCheck) -> String {
        let name = MarkdownCell.text(check.script)
        var lines = [
            "### \(check.status == 0 ? "ok" : "FAILED"): \(name)", "",
            MarkdownCell.text(check.summary), "",
        ]
        let shown = check.findings.filter { finding in
            if case .same(.bytes) = finding.outcome { false } else { true }
        }
        if !shown.isEmpty {
            lines += ["| result | replay | detail |", "|---|---|---|"]
            for finding in shown {
                let cells = [finding.subject, finding.word, finding.detail]
                lines.append("| " + cells.map(MarkdownCell.text).joined(separator: " | ") + " |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
