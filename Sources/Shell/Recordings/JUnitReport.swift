import Basics
import Sessions

/// Replays as JUnit XML, which CI systems read: a suite for each script, a case for each result.
public struct JUnitReport {
    private let checks: [ScriptCheck]

    public init(_ checks: [ScriptCheck]) { self.checks = checks }

    public var text: String {
        let count = checks.reduce(0) { $0 + cases(of: $1).count }
        let failures = checks.reduce(0) { $0 + cases(of: $1).count(where: \.isBad) }
        let errors = checks.count { $0.error != nil }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="tandem" tests="\(count + errors)" failures="\(failures)" errors="\(errors)">
            \(checks.map(suite).joined())</testsuites>

            """
    }

    private func cases(of check: ScriptCheck) -> [Finding] {
        check.findings.filter { $0.outcome != .changed }
    }

    private func suite(_ check: ScriptCheck) -> String {
        let cases = cases(of: check)
        let name = Self.escaped(check.script)
        var lines = [
            "  <testsuite name=\"\(name)\" tests=\"\(cases.count + (check.error == nil ? 0 : 1))\" "
                + "failures=\"\(cases.count(where: \.isBad))\" errors=\"\(check.error == nil ? 0 : 1)\">"
        ]
        let changes = check.findings.filter { $0.outcome == .changed }
        if !changes.isEmpty {
            lines.append("    <properties>")
            for change in changes {
                lines.append(
                    "      <property name=\"changed: \(Self.escaped(change.subject))\" "
                        + "value=\"\(Self.escaped(change.detail))\"/>")
            }
            lines.append("    </properties>")
        }
        for finding in cases {
            let head =
                "    <testcase classname=\"\(name)\" "
                + "name=\"\(Self.escaped(finding.type + " " + finding.subject))\""
            if finding.isBad {
                lines += [
                    head + ">",
                    "      <failure message=\"\(Self.escaped(finding.word))\">"
                        + Self.escaped(finding.detail) + "</failure>", "    </testcase>",
                ]
            } else {
                lines += [
                    head + ">",
                    "      <system-out>\(Self.escaped(finding.word))"
                        + (finding.detail.isEmpty ? "" : ": " + Self.escaped(finding.detail))
                        + "</system-out>", "    </testcase>",
                ]
            }
        }
        if let error = check.error {
            lines += [
                "    <testcase classname=\"\(name)\" name=\"run\">",
                "      <error message=\"\(Self.escaped(error.code.rawValue))\">"
                    + Self.escaped(error.description) + "</error>", "    </testcase>",
            ]
        }
        return lines.joined(separator: "\n") + "\n  </testsuite>\n"
    }

    /// Characters that XML 1.0 does not have are shown as they would be on a terminal.
    private static func escaped(_ text: String) -> String {
        TerminalText.visible(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
