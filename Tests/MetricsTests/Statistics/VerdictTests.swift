import Basics
import Metrics
import Testing

/// What a comparison says, and what it refuses to say.
struct VerdictTests {
    private func comparison(_ first: [Double?], _ second: [Double?], groups: [Int]? = nil) throws
        -> PairedComparison
    {
        try #require(PairedComparison(baseline: first, variant: second, groups: groups))
    }

    private func verdict(
        _ comparison: PairedComparison, threshold: Double = 0,
        direction: Direction = .moreIsBetter
    ) -> Verdict {
        Verdict(comparison, p: comparison.decidingP, threshold: threshold, direction: direction)
    }

    private let zeros = [Double?](repeating: 0, count: 30)
    /// 24 of 30 right.
    private let right = (0..<30).map { Double?($0 % 5 == 0 ? 0 : 1) }

    @Test func aClearDifferenceHasADirection() throws {
        let better = try comparison(zeros, right)
        #expect(better.test == .mcNemar && better.delta == 0.8)
        #expect(better.p == McNemarTest.p(gained: 24, lost: 0))
        #expect(verdict(better) == .better && verdict(better, direction: .lessIsBetter) == .worse)
        #expect(verdict(better, direction: .neither) == .inconclusive(.noDirection))
        #expect(verdict(try comparison(right, zeros)) == .worse)
        #expect(verdict(better, threshold: 0.9) == .inconclusive(.belowThreshold))
        #expect(verdict(better, threshold: 0.8) == .better)
        #expect(Verdict(better, p: 0.06).word == "inconclusive")
    }

    @Test func aSmallSampleSaysWhatItCouldSee() throws {
        let few = try comparison([0, 0, 1, 0, 1], [1, 0, 1, 0, 0])
        guard case .inconclusive(.tooFewItems(let effect)) = verdict(few) else {
            Issue.record("\(verdict(few))")
            return
        }
        let error = try #require(few.standardError)
        #expect(effect == DetectableEffect.smallest(standardError: error) && effect > 0.5)
        #expect(few.itemsMissing() == nil, "no number of items shows a difference of 0")
        #expect(try #require(few.itemsMissing(threshold: 0.1)) > 100)
    }

    @Test func answersThatAreAllTheSameTellNothing() throws {
        let same = try comparison(right, right)
        #expect(same.p == 1 && same.delta == 0 && same.smallestEffect == nil)
        #expect(verdict(same) == .inconclusive(.unknownSpread))
        let one = try comparison([0], [1])
        #expect(one.p == 1 && one.interval == nil)
        #expect(verdict(one) == .inconclusive(.unknownSpread))
    }

    @Test func anIntervalWithinTheThresholdSaysSo() throws {
        let first = (0..<400).map { Double?(Double($0 % 7) / 7) }
        let second = first.enumerated().map { index, value in
            value.map { $0 + (index % 2 == 0 ? 0.01 : -0.01) }
        }
        #expect(
            verdict(try comparison(first, second), threshold: 0.02)
                == .inconclusive(.withinThreshold))
    }

    /// Only items that both have count: a missing score is no 0.
    @Test func unscoredItemsArePairedAway() throws {
        let some = try comparison([0, nil, 0, 1, nil], [1, 1, nil, 1, nil])
        #expect(some.count == 2 && some.delta == 0.5)
        #expect(PairedComparison(baseline: [nil, 1], variant: [0, nil]) == nil)
    }

    /// Forty items in ten groups of equal answers tell no more than ten items do.
    @Test func groupsCountAsOneEach() throws {
        let small = (0..<10).map { Double($0 % 3) - 0.8 }
        let many = (0..<40).map { Double($0 / 4 % 3) - 0.8 }
        let none = [Double?](repeating: 0, count: 40)
        let grouped = try comparison(none, many, groups: (0..<40).map { $0 / 4 })
        let alone = try comparison(Array(none[..<10]), small)
        #expect(grouped.groupCount == 10 && grouped.test == .signFlip)
        #expect(abs(grouped.delta - alone.delta) < 1e-12 && abs(grouped.p - alone.p) < 1e-12)
        let interval = try #require(grouped.interval)
        let expected = try #require(alone.interval)
        #expect(abs(interval.lowerBound - expected.lowerBound) < 1e-9)
        #expect(abs(interval.upperBound - expected.upperBound) < 1e-9)
        let error = try #require(grouped.standardError)
        #expect(error > 1.8 * (try #require(try comparison(none, many).standardError)))
        let three = try comparison(
            [Double?](repeating: 0, count: 30), right, groups: (0..<30).map { $0 % 3 })
        #expect(verdict(three) == .inconclusive(.tooFewGroups(3)))
    }

    /// The drawn test agrees with the exact one about where it takes over.
    @Test func drawnSignsComeCloseToTheExactTest() throws {
        let values = (0..<21).map { Double(($0 * 37) % 11) / 10 - 0.35 }
        let drawn = try #require(SignFlipTest.p(Sample(values)))
        // The exact value, by the distribution of sums in steps of 0.05.
        var counts = [0: 1.0]
        for value in values {
            let step = Int((value * 20).rounded())
            var next: [Int: Double] = [:]
            for (sum, count) in counts {
                next[sum + step, default: 0] += count
                next[sum - step, default: 0] += count
            }
            counts = next
        }
        let observed = abs(values.reduce(0) { $0 + Int(($1 * 20).rounded()) })
        let hits = counts.filter { abs($0.key) >= observed }.values.reduce(0, +)
        #expect(abs(drawn - hits / Double(1 << 21)) < 0.015)
        #expect(SignFlipTest.p(Sample(values)) == drawn)
    }

    @Test func aProportionHasWilsonsInterval() throws {
        let estimate = try #require(MeanEstimate(Sample([1, 1, 1, 1])))
        #expect(estimate.mean == 1)
        #expect(estimate.interval == WilsonInterval.interval(successes: 4, of: 4))
        #expect(MeanEstimate(Sample([])) == nil)
        let grouped = try #require(MeanEstimate(Sample([1, 1, 1, 1], groups: [0, 0, 1, 1])))
        #expect(grouped.interval == WilsonInterval.interval(successes: 2, of: 2))
        let graded = try #require(MeanEstimate(Sample([0.2, 0.9, 0.4, 0.5])))
        #expect(graded.interval?.contains(0.5) == true)
    }
}
