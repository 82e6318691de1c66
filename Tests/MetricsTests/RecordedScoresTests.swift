import Basics
import Metrics
import Testing

/// 2,200 generated pairs, among them empty, one-word, non-Latin, emoji and very long texts: scores are
/// those of rouge_score, nltk, sacrebleu and lm-eval to 1e-9.
struct RecordedScoresTests {
    private static let recorded = Result { try RecordedScores() }

    private func check(_ found: Score?, _ expected: JSON?, _ about: String) throws {
        let (found, expected) = (try #require(found?.value), try #require(expected?.double))
        let limit = 1e-9 * max(1, expected.magnitude)
        #expect(abs(found - expected) <= limit, "\(about): \(found), not \(expected)")
    }

    @Test func everyPairAgrees() throws {
        let recorded = try Self.recorded.get()
        #expect(recorded.texts.count >= 2000 && recorded.rows.count == recorded.texts.count)
        let metrics = try recorded.names.map { try MetricCatalog.metric(named: $0) }
        let items = recorded.texts.map {
            ScoredItem(answer: $0.answer, references: [$0.reference])
        }
        let scored = ScoredItems(items, metrics: metrics, threads: 2)
        for (number, row) in recorded.rows.enumerated() {
            for (index, expected) in row.enumerated() where expected != .null {
                try check(
                    scored.score(number, index), expected, "\(recorded.names[index]) of \(number)")
            }
        }
        let single = ScoredItems(items, metrics: metrics, threads: 1)
        for number in items.indices {
            for index in metrics.indices {
                #expect(single.score(number, index) == scored.score(number, index))
            }
        }
    }

    /// sacrebleu's scores of a corpus are no means.
    @Test func everyCorpusAgrees() throws {
        let recorded = try Self.recorded.get()
        #expect(recorded.corpora.count >= 40)
        for corpus in recorded.corpora {
            let (first, count) = (
                try #require(corpus["corpus"]?.integer), corpus["n"]?.integer ?? 0
            )
            let items = recorded.texts[first..<first + count].map {
                ScoredItem(answer: $0.answer, references: [$0.reference])
            }
            try checkTotals(items, corpus, "corpus at \(first)")
        }
    }

    @Test func severalReferencesAgree() throws {
        let recorded = try Self.recorded.get()
        #expect(recorded.several.count >= 200)
        var items: [ScoredItem] = []
        for row in recorded.several {
            let (first, count) = (try #require(row["several"]?.integer), row["n"]?.integer ?? 0)
            let references = recorded.texts[first..<first + count].map(\.reference)
            let answer = recorded.texts[first].answer
            items.append(ScoredItem(answer: answer, references: references))
            for name in recorded.names where row[name] != nil {
                let metric = try MetricCatalog.metric(named: name)
                try check(
                    metric.score(answer, references: references), row[name], "\(name) at \(first)")
            }
        }
        try checkTotals(items, recorded.severalCorpus, "several references")
    }

    private func checkTotals(_ items: [ScoredItem], _ expected: JSON, _ about: String) throws {
        let names =
            ["13a", "intl", "char", "none"].map { "sacrebleu:" + $0 } + [
                "chrf", "chrf++", "ter",
            ]
        let metrics = try names.map { try MetricCatalog.metric(named: $0) }
        let totals = ScoredItems(items, metrics: metrics, threads: 2).totals
        for (name, total) in zip(names, totals) {
            try check(total, expected[name], "\(name), \(about)")
        }
    }
}
