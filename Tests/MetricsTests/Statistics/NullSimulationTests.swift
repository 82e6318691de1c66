import Basics
import Foundation
import Metrics
import Testing

/// Two variants that do not differ are called better or worse in at most 6 % of samples.
struct NullSimulationTests {
    enum Kind: UInt64, CaseIterable, Sendable {
        case continuous = 1
        case skewed, binary
    }

    private static let sets = 2000
    private static let cases = Kind.allCases.flatMap { kind in [20, 50, 200].map { (kind, $0) } }

    /// Baseline and variant whose scores have the same mean.
    private func scores(_ kind: Kind, _ count: Int, set: Int) -> (first: [Double], second: [Double])
    {
        let random = CounterRandom(seed: UInt64(count), stream: kind.rawValue)
        func unit(_ index: Int, _ part: Int) -> Double {
            random.unit(at: UInt64((set * count + index) * 2 + part))
        }
        switch kind {
        case .continuous:
            return (
                (0..<count).map { unit($0, 0) + unit($0, 1) / 2 },
                (0..<count).map { unit($0, 0) + 0.25 }
            )
        case .skewed:
            // Exponential differences about their mean: skewness 2.
            return (
                (0..<count).map { _ in 0.0 },
                (0..<count).map { -log(1 - unit($0, 0)) - 1 }
            )
        case .binary:
            return (
                (0..<count).map { unit($0, 0) < 0.4 ? 1 : 0 },
                (0..<count).map { unit($0, 1) < 0.4 ? 1 : 0 }
            )
        }
    }

    @Test(arguments: cases) func falsePositivesAreRare(_ kind: Kind, _ count: Int) {
        var found = 0
        for set in 0..<Self.sets {
            let (first, second) = scores(kind, count, set: set)
            let differences = zip(first, second).map { $1 - $0 }
            // Without a p value of 5 % there is no verdict; here p is far above.
            let sum = differences.reduce(0, +)
            let squares = differences.reduce(0) { $0 + $1 * $1 }
            if sum * sum < 1.7 * 1.7 * squares { continue }
            guard let comparison = PairedComparison(baseline: first, variant: second) else {
                Issue.record("no comparison")
                continue
            }
            switch Verdict(comparison, p: comparison.decidingP) {
            case .better, .worse: found += 1
            case .inconclusive: break
            }
        }
        #expect(found <= Self.sets * 6 / 100, "\(found) of \(Self.sets)")
        // A verdict that never comes would pass, too.
        #expect(found >= Self.sets / 200, "\(found) of \(Self.sets)")
    }
}
