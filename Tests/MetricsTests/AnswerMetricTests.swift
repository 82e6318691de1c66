import Basics
import Metrics
import TestSupport
import Testing

/// Metrics of whole answers and of their form: values worked out by hand, and what cannot be scored.
struct AnswerMetricTests {
    private func score(_ name: String, _ answer: String, _ references: [String]) throws -> Score {
        try MetricCatalog.metric(named: name).score(answer, references: references)
    }

    private static let compared: [(String, String, [String], Double)] = [
        ("exact_match", "Yes", ["yes"], 0.0), ("exact_match", "yes", ["no", "yes"], 1.0),
        ("exact_match", "é", ["e\u{301}"], 0), ("em", "The Answer: 42!", ["the answer 42"], 1),
        ("em", "the cat", ["cat"], 0), ("squad_em", "the cat!", ["A cat"], 1),
        ("squad_em", "a€", ["€"], 1), ("f1", "cat and dog", ["bird", "dog"], 0.5),
        ("contains", "It is PARIS, surely", ["London", " paris "], 1),
        ("contains", "It is Paris", ["London"], 0),
        ("contains_all", "Ann met Bob", ["bob", "ann"], 1),
        ("contains_all", "Ann left", ["bob", "ann"], 0), ("contains", "Ünal", ["üNAL"], 1),
        ("edit_distance", "kitten", ["sitting"], 3), ("edit_distance", "", ["abc", "ab"], 2),
        ("edit_distance", "flaw", ["lawn"], 2),
        ("edit_similarity", "kitten", ["sitting"], 0.571428571428571),
        ("edit_similarity", "", [""], 1), ("length_ratio", "one two three", ["a b"], 1.5),
        ("length_ratio", "one two three", ["a", "a b c d", "a b"], 1.5),
        ("length_ratio", "", ["a b"], 0),
    ]

    @Test(arguments: compared)
    func scored(_ name: String, _ answer: String, _ references: [String], _ expected: Double) throws
    {
        let found = try #require(try score(name, answer, references).value)
        #expect(abs(found - expected) < 1e-12, "\(found)")
    }

    private static let formed: [(String, String, Double)] = [
        ("distinct:1", "a b A c", 0.75), ("distinct", "a b a b a", 0.5),
        ("repetition", "no no no no no no", 0.666666666666667), ("repetition:1", "a b c", 0),
        ("json", " {\"a\": [1, 2]}\n", 1), ("json", "```json\n{}\n```", 0), ("json", "{'a': 1}", 0),
        ("json", "", 0), ("json", "{\"a\": 1, \"a\": 2}", 0),
    ]

    @Test(arguments: formed)
    func withoutReferences(_ name: String, _ answer: String, _ expected: Double) throws {
        let found = try #require(try score(name, answer, []).value)
        #expect(abs(found - expected) < 1e-12, "\(found)")
    }

    private static let notScored: [(String, String, [String], String)] = [
        ("em", "a", [], "there is no reference"),
        ("contains", "a", [""], "reference is empty"),
        ("length_ratio", "a", [" "], "no words"), ("distinct:3", "a b", [], "fewer than 3 words"),
        ("repetition", "", [], "fewer than 4 words"),
    ]

    @Test(arguments: notScored)
    func unscored(_ name: String, _ answer: String, _ references: [String], _ reason: String) throws
    {
        guard case .unscored(let found) = try score(name, answer, references) else {
            Issue.record("\(name) was scored")
            return
        }
        #expect(found.contains(reason), "\(found)")
    }

    /// The best of several references counts, or the fewest edits; more references never harm.
    @Test func severalReferencesNeverHarm() throws {
        let (answer, references) = ("one two three four five", ["x y", "one two three four five"])
        for metric in MetricCatalog.all where metric.needsReference && metric.name != "contains_all"
        {
            let alone = metric.score(answer, references: [references[1]])
            let both = metric.score(answer, references: references)
            switch metric.name {
            case "numeric": #expect(both == .unscored("the reference has no number"))
            case "ter": #expect(both == .value(0))
            default: #expect(both == alone, "\(metric.name)")
            }
        }
    }

    @Test(arguments: [
        "rogue1", "rouge1:2", "sacrebleu:zh", "regex", "regex:", "regex:(", "numeric:near",
        "numeric:-1", "distinct:0", "repetition:many",
    ])
    func aWrongNameIsRefusedWithARemedy(_ name: String) {
        #expect {
            try MetricCatalog.metric(named: name)
        } throws: { error in
            let error = error as? TandemError
            return error?.code == .usage && error?.remedy?.isEmpty == false
        }
    }

    @Test func theTotalLeavesOutWhatIsUnscored() throws {
        let items = [("a", ["a"]), ("b", ["a"]), ("c", [])].map {
            ScoredItem(answer: $0, references: $1)
        }
        let scored = ScoredItems(items, metrics: [try MetricCatalog.metric(named: "em")])
        #expect(scored.totals == [.value(0.5)])
        #expect(scored.unscored(0).map(\.reason) == ["there is no reference"])
        #expect(scored.unscored(0).map(\.count) == [1])
        let none = ScoredItems([items[2]], metrics: scored.metrics)
        #expect(none.totals == [.unscored("there is no reference")])
    }
}
