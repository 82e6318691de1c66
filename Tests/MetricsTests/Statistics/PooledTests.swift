import Metrics
import Testing

/// Scores of all answers together, such as corpus BLEU, have intervals and p values of their own.
struct PooledTests {
    private static let words = ["the", "gate", "opens", "at", "noon", "and", "closes", "late"]

    /// Sentences of which about `share` in 11 words are those of the reference.
    private func items(_ count: Int, share: Int) -> [ScoredItem] {
        (0..<count).map { number in
            let wanted = (0..<10).map { Self.words[($0 * 3 + number) % Self.words.count] }
            let answer = wanted.enumerated().map { index, word in
                (index * 7 + number * number) % 11 < share ? word : "x\(index)"
            }
            return ScoredItem(
                answer: answer.joined(separator: " "), references: [wanted.joined(separator: " ")])
        }
    }

    private func column(_ name: String, _ items: [ScoredItem], failures: [Int: String] = [:]) throws
        -> (column: MetricColumn, total: Double)
    {
        let scored = ScoredItems(items, metrics: [try MetricCatalog.metric(named: name)])
        return (scored.column(0, failures: failures), try #require(scored.totals[0].value))
    }

    @Test(arguments: ["sacrebleu", "chrf", "ter"]) func theTotalsAreCompared(_ name: String) throws
    {
        let (first, firstTotal) = try column(name, items(40, share: 6))
        let (second, secondTotal) = try column(name, items(40, share: 9))
        let comparison = try #require(second.compared(with: first, groups: nil))
        #expect(abs(comparison.delta - (secondTotal - firstTotal)) < 1e-9)
        #expect(comparison.test == .swap && comparison.p < 0.001 && comparison.count == 40)
        let interval = try #require(comparison.interval)
        #expect(interval.contains(comparison.delta) && !interval.contains(0))
        let estimate = try #require(first.estimate(groups: nil))
        #expect(abs(estimate.mean - firstTotal) < 1e-9)
        #expect(try #require(estimate.interval).contains(firstTotal))
        let metric = try MetricCatalog.metric(named: name)
        #expect(
            Verdict(comparison, p: comparison.p, direction: metric.direction) == .better,
            "fewer edits are better, too")
        // The same answers, and two orders of the same items.
        let same = try #require(first.compared(with: first, groups: nil))
        #expect(same.delta == 0 && same.p == 1 && same.interval == nil)
    }

    /// Where the total is the mean, the pooled way gives what the plain one gives.
    @Test func meansComeOutTheSame() throws {
        // References of one length: the edits of all words are the mean of those of each.
        let few = items(30, share: 5)
        let many = items(30, share: 8)
        let (first, _) = try column("ter", few)
        let (second, _) = try column("ter", many)
        let pooled = try #require(second.compared(with: first, groups: nil))
        let plain = try #require(
            PairedComparison(
                baseline: first.scores.map(\.value), variant: second.scores.map(\.value)))
        #expect(abs(pooled.delta - plain.delta) < 1e-9)
        let (found, expected) = (try #require(pooled.interval), try #require(plain.interval))
        #expect(abs(found.lowerBound - expected.lowerBound) < 1e-6 * abs(expected.lowerBound))
        #expect(abs(found.upperBound - expected.upperBound) < 1e-6 * abs(expected.upperBound))
        #expect(pooled.p == plain.p, "the same signs are drawn")
    }

    @Test func whatFailedIsLeftOutAndGroupsCountAsOneEach() throws {
        let (first, _) = try column("sacrebleu", items(24, share: 6), failures: [3: "lost"])
        let (second, _) = try column("sacrebleu", items(24, share: 7))
        #expect(first.scores[3] == .unscored("lost"))
        let comparison = try #require(
            second.compared(with: first, groups: (0..<24).map { $0 / 3 }))
        #expect(comparison.count == 23 && comparison.groupCount == 8)
        let all = Dictionary(uniqueKeysWithValues: (0..<24).map { ($0, "lost") })
        let (none, _) = try column("sacrebleu", items(24, share: 6), failures: all)
        #expect(none.estimate(groups: nil) == nil)
        #expect(second.compared(with: none, groups: nil) == nil)
    }
}
