import Metrics
import Testing

/// Values that were computed with rouge_score and sacrebleu for five pairs, printed to six digits.
struct VectorTests {
    struct Vector {
        let reference: String
        let answer: String
        let rouge: [Double]
        let corpus: Double
        let sentence: Double
    }

    private static let vectors = [
        Vector(
            reference: "The cat sat on the mat.", answer: "The cat is sitting on the mat.",
            rouge: [0.769231, 0.545455, 0.769231], corpus: 41.113362, sentence: 41.113362),
        Vector(
            reference: "It costs $1,000.50 (approx.).", answer: "The price is $1,000.50.",
            rouge: [0.5, 0.4, 0.5], corpus: 10.896448, sentence: 10.896448),
        Vector(
            reference: "hello", answer: "hello", rouge: [1, 0, 1], corpus: 0, sentence: 100),
        Vector(reference: "a b", answer: "c d", rouge: [0, 0, 0], corpus: 0, sentence: 0),
        Vector(
            reference: "The quick brown fox jumps over the lazy dog.",
            answer: "The quick brown dog jumps on the log.",
            rouge: [0.705882, 0.266667, 0.588235], corpus: 19.627913, sentence: 19.627913),
    ]

    private func score(_ name: String, _ vectors: [Vector]) throws -> ScoredItems {
        let items = vectors.map { ScoredItem(answer: $0.answer, references: [$0.reference]) }
        return ScoredItems(items, metrics: [try MetricCatalog.metric(named: name)])
    }

    @Test func eachPairAgrees() throws {
        for vector in Self.vectors {
            let names = ["rouge1", "rouge2", "rougeL"].map { $0 + "_unstemmed" }
            for (name, expected) in zip(names, vector.rouge) {
                let found = try #require(score(name, [vector]).totals[0].value)
                #expect(abs(found - expected) < 1e-6, "\(name) of \(vector.answer)")
            }
            let bleu = try score("sacrebleu", [vector])
            #expect(abs((bleu.totals[0].value ?? .nan) - vector.corpus) < 1e-6)
            #expect(abs((bleu.score(0, 0).value ?? .nan) - vector.sentence) < 1e-6)
        }
    }

    @Test func theCorpusAgrees() throws {
        let total = try #require(score("sacrebleu", Self.vectors).totals[0].value)
        #expect(abs(total - 20.399228952591844) < 1e-9)
        let international = try score("sacrebleu:intl", [Self.vectors[1]])
        #expect(abs((international.totals[0].value ?? .nan) - 4.799811) < 1e-6)
    }

    @Test(arguments: [
        ("rouge1", 0.857143), ("rouge2", 0.666667), ("rougeL", 0.428571), ("rougeLsum", 0.857143),
    ])
    func linesAreUnited(_ name: String, _ expected: Double) throws {
        let metric = try MetricCatalog.metric(named: name + "_unstemmed")
        let score = metric.score(
            "the dog ran.\nthe cat sat here.", reference: "the cat sat.\nthe dog ran fast.")
        #expect(abs((score.value ?? .nan) - expected) < 1e-6)
    }
}
