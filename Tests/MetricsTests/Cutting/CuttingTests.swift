import Metrics
import Testing

/// However fast texts are cut, they score to the last bit as plain texts whose words are alike and
/// different where those are that the definitions give.
struct CuttingTests {
    typealias Cut = @Sendable ([Unicode.Scalar]) -> [[Unicode.Scalar]]

    private static let rules: [(metrics: [String], cut: Cut)] = [
        (["bleu"], { WrittenOutRules.split(WrittenOutRules.lower($0)) }),
        (["sacrebleu:none", "length_ratio"], { WrittenOutRules.split($0) }),
        (["sacrebleu"], { WrittenOutRules.mteval13a($0) }),
        (
            ["rouge1_unstemmed", "rouge2_unstemmed", "rougeL_unstemmed"],
            { WrittenOutRules.rouge($0) }
        ),
        (["em"], { plain($0) }),
        (
            ["f1", "squad_em"],
            { WrittenOutRules.split(WrittenOutRules.withoutArticles(lowerWithoutMarks($0))) }
        ),
    ]

    private static func lowerWithoutMarks(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        WrittenOutRules.withoutPunctuation(WrittenOutRules.lower(text))
    }

    private static func plain(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        WrittenOutRules.split(lowerWithoutMarks(text))
    }

    /// A word of letters for each different word, the same in both texts.
    private func plainTexts(_ lists: [[[Unicode.Scalar]]]) -> [String] {
        var names: [[Unicode.Scalar]: String] = [:]
        return lists.map { words in
            words.map { word in
                if let name = names[word] { return name }
                let name = "x\(names.count)"
                names[word] = name
                return name
            }.joined(separator: " ")
        }
    }

    @Test(arguments: 0..<rules.count)
    func randomTextsScoreAsTheirWords(_ rule: Int) throws {
        let (names, cut) = Self.rules[rule]
        let metrics = try names.map { try MetricCatalog.metric(named: $0) }
        let texts = RandomTexts(seed: UInt64(rule))
        var scores: Set<Double> = []
        for number in 0..<1500 {
            // Half of the pairs have words in common beyond chance.
            let answer = texts.text(2 * number) + (number % 2 == 0 ? "" : texts.text(number))
            let reference = texts.text(2 * number + 1) + (number % 2 == 0 ? "" : texts.text(number))
            let plain = plainTexts([answer, reference].map { cut(Array($0.unicodeScalars)) })
            for metric in metrics {
                let found = metric.score(answer, reference: reference)
                let expected = metric.score(plain[0], reference: plain[1])
                #expect(
                    found == expected, "\(metric.name) of \(answer.debugDescription), \(reference)")
                if let value = found.value { scores.insert(value) }
            }
        }
        #expect(scores.count > (names == ["em"] ? 1 : 50))
    }

    /// Characters: another letter for each different character, without space.
    @Test(arguments: ["chrf", "sacrebleu:char"])
    func randomTextsScoreAsTheirCharacters(_ name: String) throws {
        let metric = try MetricCatalog.metric(named: name)
        let texts = RandomTexts(seed: 99)
        for number in 0..<1500 {
            let pair = [texts.text(2 * number), texts.text(2 * number + 1)]
            var names: [Unicode.Scalar: Unicode.Scalar] = [:]
            let plain = pair.map { text in
                var result = String.UnicodeScalarView()
                for scalar in text.unicodeScalars where !WrittenOutRules.isSpace(scalar) {
                    let new = Unicode.Scalar(0x4E00 + UInt32(names.count)) ?? "?"
                    names[scalar] = names[scalar] ?? new
                    result.append(names[scalar] ?? new)
                }
                return String(result)
            }
            #expect(
                metric.score(pair[0], reference: pair[1])
                    == metric.score(plain[0], reference: plain[1]),
                "\(pair)")
        }
    }
}
