import Judging
import Testing

struct BiasTests {
    /// Values of scikit-learn's cohen_kappa_score.
    @Test(arguments: [
        ("1110010011", "1100010111", 0.5833333333333334), ("1010", "0101", -1.0),
        ("11110000", "11110000", 1.0), ("1100", "1010", 0.0),
    ])
    func kappa(_ first: String, _ second: String, _ expected: Double) throws {
        let value = try #require(Agreement.kappa(first.map { $0 == "1" }, second.map { $0 == "1" }))
        #expect(abs(value - expected) < 1e-12)
    }

    @Test func withoutVariationThereIsNoKappa() {
        #expect(Agreement.kappa([true, true], [true, true]) == nil)
        #expect(Agreement.kappa([], []) == nil)
    }

    /// Values of scipy.stats.spearmanr.
    @Test(arguments: [
        ([1.0, 2, 3, 4, 5], [10, 20, 30, 40, 50], 1.0),
        ([8.0, 3, 8, 1, 9, 5], [120, 40, 300, 45, 80, 200], 0.4928053803045812),
        ([2.0, 2, 5, 7, 7, 1, 3], [9, 8, 7, 7, 3, 12, 5], -0.8348975218874902),
    ])
    func lengthCorrelation(_ scores: [Double], _ lengths: [Int], _ expected: Double) throws {
        let value = try #require(LengthBias.correlation(scores: scores, lengths: lengths))
        #expect(abs(value - expected) < 1e-12)
    }

    @Test func fewAnswersSayNothing() {
        #expect(LengthBias.correlation(scores: [1, 2, 3, 4], lengths: [1, 2, 3, 4]) == nil)
        #expect(LengthBias.correlation(scores: [5, 5, 5, 5, 5], lengths: [1, 2, 3, 4, 5]) == nil)
    }

    @Test func unscoredRepetitionsAgreeWithNothing() {
        #expect(Agreement.ofRepetitions([[8, 8, 7], [nil, nil, 3]]) == 1.0 / 6)
        #expect(Agreement.ofRepetitions([[8], [7]]) == nil)
    }
}
