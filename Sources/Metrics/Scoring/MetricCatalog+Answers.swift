import Basics

/// Metrics of whole answers, of what is extracted from them, and of their form.
extension MetricCatalog {
    static let matching: [MetricEntry] = [
        Metric(
            "exact_match", "the answer is the reference, byte for byte", value: Matching.identical),
        Metric("em", "exact match: lower case, without punctuation", value: Matching.plain),
        Metric(
            "squad_em", "exact match without articles, as SQuAD compares", value: Matching.squad),
        Metric("f1", "F1 of the words, as SQuAD compares answers", value: SquadF1.score),
        Metric("contains", "any of the references is in the answer", score: Containment.any),
        Metric("contains_all", "all references are in the answer", score: Containment.all),
    ].map { MetricEntry($0) }

    static let extraction: [MetricEntry] = [
        MetricEntry("regex", ":PATTERN", "what the pattern captures first is the reference") {
            name, pattern throws(TandemError) in
            do throws(TandemError) {
                let capture = RegexCapture(pattern: try Pattern(pattern ?? "", file: nil))
                return Metric(name, "captured by a pattern", score: capture.score)
            } catch {
                throw TandemError(
                    .usage, error.message, remedy: "for example regex:([0-9]+) points")
            }
        },
        MetricEntry(
            "numeric", "[:TOLERANCE]",
            "the last number is the reference's, within 0.01, or 1% of it"
        ) { name, text throws(TandemError) in
            let answer = NumericAnswer(tolerance: try tolerance(text ?? "0"))
            return Metric(name, "the last number", score: answer.score)
        },
        MetricEntry("json", "[:SCHEMA.json]", "the answer is JSON, and fits a schema") {
            name, path throws(TandemError) in
            var schema: JSONSchema?
            if let path { schema = try JSONSchema(path: path) }
            let answer = JSONAnswer(schema: schema)
            return Metric(name, "valid JSON", needsReference: false, score: answer.score)
        },
    ]

    static let diversity: [MetricEntry] = [
        MetricEntry(
            Metric(
                "refusal", "the answer refuses, or says that it does not know", .lessIsBetter,
                needsReference: false
            ) { .value(Refusal(in: $0.answer) == nil ? 0 : 1) }),
        MetricEntry(
            Metric(
                "length_ratio", "words of the answer over words of the reference",
                range: 0...Double.infinity, .towardsOne, score: LengthRatio.score)),
        MetricEntry("distinct", "[:N]", "different runs of N words over all; by default 2") {
            name, text throws(TandemError) in
            let order = try order(text ?? "2", "distinct")
            return Metric(name, "different runs of words", .moreIsBetter, needsReference: false) {
                RunDiversity.distinct(&$0, order: order)
            }
        },
        MetricEntry("repetition", "[:N]", "runs of N words that repeat, over all; by default 4") {
            name, text throws(TandemError) in
            let order = try order(text ?? "4", "repetition")
            return Metric(name, "repeated runs of words", .lessIsBetter, needsReference: false) {
                RunDiversity.repetition(&$0, order: order)
            }
        },
    ]

    private static func tolerance(_ text: String) throws(TandemError) -> NumericAnswer.Tolerance {
        let isShare = text.hasSuffix("%")
        guard let value = Double(isShare ? String(text.dropLast()) : text), value >= 0,
            value.isFinite
        else {
            throw TandemError(
                .usage, "\(text) is no tolerance", remedy: "write a number, or a share such as 1%")
        }
        return isShare ? .relative(value / 100) : .absolute(value)
    }

    private static func order(_ text: String, _ metric: String) throws(TandemError) -> Int {
        guard let order = Int(text), (1...10).contains(order) else {
            throw TandemError(
                .usage, "\(metric) takes runs of 1 to 10 words, not \(text)",
                remedy: "for example \(metric):3")
        }
        return order
    }
}
