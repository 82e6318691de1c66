import Basics
import Foundation
import Metrics
import TestSupport
import Testing

/// Stems are nltk's, recorded by `scripts/references/record_stems.py`; averages and whole answers are
/// those that are known.
struct ReferenceTests {
    private func read(_ name: String) throws -> JSON {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/" + name).path()
        return try JSON.parse(TestFile.bytes(of: path), file: path)
    }

    /// A word alone scores 1 against another exactly when their stems are equal.
    @Test func stemsAgree() throws {
        let metric = try MetricCatalog.metric(named: "rouge1")
        let stems = try #require(try read("stems.json")["stems"]?.object)
        #expect(stems.count > 800)
        let longStems = stems.members.filter { word, stem in
            // ROUGE stems words of more than three letters; a stem may not be a fixed point.
            word.count > 3 && stem.string == stems[stem.string ?? ""]?.string
        }
        #expect(longStems.count > 100)
        for (word, stem) in longStems {
            #expect(
                metric.score(word, reference: stem.string ?? "") == .value(1), "\(word)")
        }
    }

    /// The two pairs that the issue tracker quotes, averaged.
    @Test(arguments: [
        ("rouge1", 0.633333), ("rouge2", 0.191919), ("rougeL", 0.4), ("bleu", 0.070647), ("em", 0),
    ])
    func publishedAveragesAgree(_ name: String, _ expected: Double) throws {
        let metric = try MetricCatalog.metric(named: name)
        let pairs = [
            (
                "The fine-tuned model reached 85% accuracy on held-out test data.",
                "The model achieved 85% accuracy on the test set after fine-tuning."
            ),
            (
                "LoRA uses low-rank adapter matrices to reduce training memory requirements.",
                "LoRA reduces memory by training only small adapter matrices."
            ),
        ]
        let values = pairs.compactMap { metric.score($0.1, reference: $0.0).value }
        let mean = values.reduce(0, +) / 2
        #expect(abs(mean - expected) < 1e-6, "\(mean)")
    }

    @Test(arguments: [
        ("The Answer: 42!", "the answer 42", 1.0, 1.0), ("a cat", "the cat", 0, 1),
        ("cat and dog", "dog", 0, 0.5), ("", "", 1, 1), ("x", "", 0, 0), ("É", "é", 1, 1),
    ])
    func wholeAnswers(_ prediction: String, _ reference: String, _ em: Double, _ f1: Double) throws
    {
        #expect(
            try MetricCatalog.metric(named: "em").score(prediction, reference: reference)
                == .value(em))
        #expect(
            try MetricCatalog.metric(named: "f1").score(prediction, reference: reference)
                == .value(f1))
    }

    @Test func anUnknownMetricIsRefusedWithTheKnownOnes() {
        #expect {
            try MetricCatalog.metric(named: "rogue1")
        } throws: { ($0 as? TandemError)?.remedy?.contains("rouge1") == true }
    }
}
