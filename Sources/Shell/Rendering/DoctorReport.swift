import Basics
import LanguageModels

/// What `tandem doctor` found.
public struct DoctorReport {
    private let check: DeterminismCheck
    private let drifts: [NumericDrift]
    private let kept: [PackedFileFinding]

    private static let products =
        "none: Tandem's own kernels keep every sum in one order, whatever the rows and threads"

    public init(
        _ check: DeterminismCheck, _ drifts: [NumericDrift], kept: [PackedFileFinding]
    ) {
        self.kept = kept
        self.check = check
        self.drifts = drifts
    }

    /// Whether nothing was found that should not be.
    public var isFine: Bool {
        check.findings.allSatisfy(\.agrees) && kept.allSatisfy(\.isIntact)
    }

    public func text(asJSON: Bool) -> String {
        if asJSON { return json.text }
        return
            ([
                "instruction set: \(check.instructionSet)", "BLAS: \(Self.products)",
                "threads: \(check.threads); keys and values: \(Numerics.exact.cache.rawValue)",
            ] + Numerics.Arithmetic.allCases.flatMap(findings) + drifts.flatMap(Self.lines)
            + kept.map(Self.line))
            .joined(separator: "\n")
    }

    private func findings(_ arithmetic: Numerics.Arithmetic) -> [String] {
        let findings = check.findings.filter { $0.numerics.arithmetic == arithmetic }
        let differing = findings.count { !$0.agrees }
        let verdict =
            differing == 0
            ? "all \(findings.count) ways give the same bits"
            : "\(differing) of \(findings.count) ways differ: please report this"
        return ["\(arithmetic.rawValue): \(verdict)"]
            + findings.map {
                ($0.agrees ? "  same      " : "  DIFFERENT ") + $0.digest.prefix(16) + "  "
                    + $0.name
            }
    }

    private static func line(_ file: PackedFileFinding) -> String {
        "packed weights \(HomePath.shortened(file.path)), \(ByteSize.readable(file.byteCount)): "
            + (file.isIntact ? "as they were written" : "DAMAGED, and removed")
    }

    private static func lines(_ drift: NumericDrift) -> [String] {
        let distance = drift.distance
        let title =
            "fast beside exact, \(drift.variant), \(drift.textCount) greedy texts, "
            + "\(distance.count) tokens"
        if distance.largest == 0, drift.sameTextCount == drift.textCount {
            return [title + ": the same bits"]
        }
        let parting = drift.commonTokens.reduce(0, +)
        let texts =
            drift.commonTokens.isEmpty
            ? ""
            : "; the others part after "
                + Numbers.fixed(Double(parting) / Double(drift.commonTokens.count), 1)
                + " tokens on average"
        return [
            title + ":",
            "  logits: |Δ| \(Numbers.fixed(distance.mean, 4)) on average, "
                + "\(Numbers.fixed(distance.largest, 4)) at most",
            "  log-probability of the chosen token: |Δ| \(Numbers.fixed(distance.choice, 5)) nats on "
                + "average; divergence \(Numbers.fixed(distance.divergence, 6)) nats",
            "  the same most probable token at \(distance.sameChoices) of \(distance.count) "
                + "positions",
            "  \(drift.sameTextCount) of \(drift.textCount) texts are the same\(texts)",
        ]
    }

    private var json: JSON {
        [
            "event": "doctor", "instruction_set": .string(check.instructionSet), "blas": nil,
            "products": .string(Self.products), "threads": .integer(check.threads),
            "cache": .string(Numerics.exact.cache.rawValue),
            "passed": .bool(isFine),
            "findings": .array(
                check.findings.map {
                    [
                        "numerics": .string($0.numerics.label), "name": .string($0.name),
                        "sha256": .string($0.digest), "agrees": .bool($0.agrees),
                    ]
                }),
            "packed": .array(
                kept.map {
                    [
                        "path": .string(HomePath.shortened($0.path)),
                        "bytes": .integer($0.byteCount), "intact": .bool($0.isIntact),
                    ]
                }),
            "fast_beside_exact": .array(drifts.map(Self.json)),
        ]
    }

    private static func json(_ drift: NumericDrift) -> JSON {
        let distance = drift.distance
        return [
            "variant": .string(drift.variant), "texts": .integer(drift.textCount),
            "same_texts": .integer(drift.sameTextCount),
            "common_tokens": .array(drift.commonTokens.map(JSON.integer)),
            "positions": .integer(distance.count), "same_choices": .integer(distance.sameChoices),
            "logit_mean": .number(distance.mean), "logit_max": .number(distance.largest),
            "choice_log_probability": .number(distance.choice),
            "divergence": .number(distance.divergence),
        ]
    }
}
