import Basics

/// A replay beside what was recorded, result by result, by tiers.
public struct RecordingComparison {
    /// Log-probabilities no further apart than this, in nats, are the same but for rounding; two tokens
    /// whose log-probabilities are no further apart are as good as equally probable.
    public static let tokenTolerance = 0.02
    /// Of scores, relative to values beyond 1.
    public static let scoreTolerance = 1e-6

    /// What the replay's model says of two tokens: ln p(recorded token) − ln p(new token), in nats, at
    /// a place of an answer of the replay; nil where nobody can say.
    public typealias Margin = (_ answer: JSON, _ place: Int, _ recorded: Int, _ new: Int) -> Double?

    /// What changed comes first, then results in the order of the recording.
    public private(set) var findings: [Finding] = []
    private let margin: Margin
    /// By judge and rubric: how far apart its repetitions on one answer were.
    private let noise: JudgeNoise

    public init(
        recorded: Recording, new: Recording, margin: @escaping Margin = { _, _, _, _ in nil }
    ) {
        self.margin = margin
        noise = JudgeNoise(recorded.records)
        let old = RecordKey.keyed(recorded.records)
        let now = RecordKey.keyed(new.records)
        let known = Dictionary(now.map { ($0.key, $0.record) }) { first, _ in first }
        let expected = Set(old.map(\.key))
        var results: [Finding] = []
        for (key, record) in old {
            guard let other = known[key] else {
                results.append(Finding(.missing, key.type, key.subject, Self.shown(record)))
                continue
            }
            findings += RecordedDependencies.changes(key, record, other)
            results += compare(key, record, other)
        }
        for (key, record) in now where !expected.contains(key) {
            let isFailure = key.type == "expect" && record["passed"] == false
            results.append(
                Finding(
                    isFailure ? .fails : .unrecorded, key.type, key.subject, Self.shown(record)))
        }
        findings = findings.reduce(into: []) { list, finding in
            if !list.contains(finding) { list.append(finding) }
        }
        findings += results
    }

    public var isFine: Bool { !findings.contains(where: \.isBad) }

    private func compare(_ key: RecordKey, _ old: JSON, _ new: JSON) -> [Finding] {
        func finding(_ outcome: Finding.Outcome, _ detail: String = "") -> [Finding] {
            [Finding(outcome, key.type, key.subject, detail)]
        }
        switch key.type {
        case "loaded": return []
        case "expect":
            if new["passed"] == false { return finding(.fails, Self.shown(new)) }
            return old["passed"] == true
                ? finding(.same(.bytes)) : finding(.differs, "it did not hold, and now it does")
        case "answer", "row":
            let (outcome, detail) = compare(RecordedAnswer(old), RecordedAnswer(new), old, new)
            return finding(outcome, detail)
        default: break
        }
        let difference = NumericDifference(old, new)
        if difference.isNone { return finding(.same(.bytes)) }
        if difference.isWithin(Self.scoreTolerance) { return finding(.same(.tolerance)) }
        let detail = difference.detail
        if key.type == "judgement", let allowed = noise.spread(of: old),
            let first = old["score"]?.double, let second = new["score"]?.double,
            abs(first - second) <= allowed
        {
            return finding(
                .same(.noise), "\(detail); its repetitions are up to \(allowed.description) apart")
        }
        return finding(.differs, detail)
    }

    private func compare(
        _ old: RecordedAnswer, _ new: RecordedAnswer, _ record: JSON, _ other: JSON
    ) -> (Finding.Outcome, String) {
        let beside = "\(old.shown) → \(new.shown)"
        let isSameText = old.text.utf8.elementsEqual(new.text.utf8)
        if isSameText, old.finish == new.finish, old.detail == new.detail, old.tokens == new.tokens
        {
            guard old.logProbabilities != new.logProbabilities else { return (.same(.bytes), "") }
            let drift = old.drift(from: new, first: old.tokens?.count ?? 0)
            return (
                .same(.tokens),
                drift.map { "log-probabilities up to \(Self.nats($0)) apart" }
                    ?? "log-probabilities are not known of both"
            )
        }
        guard let place = old.parting(from: new) else { return (.differs, beside) }
        let at = "token \(place + 1)"
        guard let drift = old.drift(from: new, first: place) else {
            return (.differs, "from \(at) on: \(beside)")
        }
        guard let first = old.tokens?.dropFirst(place).first,
            let second = new.tokens?.dropFirst(place).first,
            let margin = margin(other, place, first, second)
        else {
            let before = place > 0 ? ", before it up to \(Self.nats(drift)) apart" : ""
            return (.differs, "from \(at) on\(before): \(beside)")
        }
        let numbers =
            "\(at), where the margin is \(Self.nats(abs(margin)))"
            + (place > 0 ? "; before it log-probabilities up to \(Self.nats(drift)) apart" : "")
        if abs(margin) <= Self.tokenTolerance, drift <= Self.tokenTolerance {
            return (.same(.nearTie), "parts at \(numbers): \(beside)")
        }
        return (.differs, "from \(numbers): \(beside)")
    }

    private static func nats(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        return (rounded == 0 && value != 0 ? value : rounded).description + " nats"
    }

    /// A record that stands alone, for people.
    private static func shown(_ record: JSON) -> String {
        if let values = record["values"] {
            let detail = record["detail"]?.string.map { $0 + "; " } ?? ""
            let shown = values.object?.members.map { "\($0) \($1.text)" } ?? [values.text]
            return detail + shown.joined(separator: "; ")
        }
        if record["text"] != nil { return RecordedAnswer(record).shown }
        let value = record["value"] ?? record["score"] ?? record["unscored"] ?? record["preferred"]
        return value?.text ?? ""
    }
}
