import Basics
import LanguageModels

/// What `tandem doctor` found.
public struct DoctorReport {
    private let check: DeterminismCheck

    public init(_ check: DeterminismCheck) { self.check = check }

    public func text(asJSON: Bool) -> String {
        let findings = check.findings
        let agreeing = findings.count { $0.agrees }
        if asJSON {
            let json: JSON = [
                "event": "doctor", "instruction_set": .string(check.instructionSet),
                "numerics": "exact", "passed": .bool(agreeing == findings.count),
                "findings": .array(
                    findings.map {
                        [
                            "name": .string($0.name), "sha256": .string($0.digest),
                            "agrees": .bool($0.agrees),
                        ]
                    }),
            ]
            return json.text
        }
        let lines = findings.map { finding in
            (finding.agrees ? "same      " : "DIFFERENT ") + finding.digest.prefix(16) + "  "
                + finding.name
        }
        let verdict =
            agreeing == findings.count
            ? "all \(findings.count) ways give the same bits"
            : "\(findings.count - agreeing) of \(findings.count) ways differ: please report this"
        return
            ([
                "instruction set: \(check.instructionSet); matrix products: Tandem's own kernels, "
                    + "f32 sums in one order (exact)"
            ] + lines + [verdict]).joined(separator: "\n")
    }
}
