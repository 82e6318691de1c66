import Judging
import Testing

struct AuditTests {
    private static let judged: [Double] = [9, 8, 7, 6, 6, 8, 3, 2, 5, 1]
    /// The judge passes 3 of the 4 that the person passes, and 1 of the 4 that the person does not.
    private static let rated: [(judge: Double, person: Double)] = [
        (9, 8), (8, 8), (7, 9), (3, 6), (6, 2), (2, 3), (5, 1), (1, 2),
    ]

    @Test func theJudgesErrorsAreTakenOut() throws {
        let audit = Audit(judged: Self.judged, rated: Self.rated)
        #expect(audit.passRate == 0.6)
        // (0.6 + 0.75 − 1) / (0.75 + 0.75 − 1)
        #expect(abs(try #require(audit.correctedPassRate) - 0.7) < 1e-12)
        #expect(audit.agreement == 0.5 && audit.kappa == 0.5)
        #expect(audit.meanDifference == -0.25)
        let interval = try #require(audit.interval(seed: 1))
        #expect(interval.contains(0.7) && interval.upperBound <= 1 && interval.lowerBound >= 0)
        #expect(interval.lowerBound < interval.upperBound)
        #expect(audit.interval(seed: 1) == interval)
    }

    @Test func whatTheRatingsDoNotShowIsUnscored() {
        let onlyGood = Audit(judged: Self.judged, rated: [(9, 9), (8, 7)])
        #expect(onlyGood.correctedPassRate == nil && onlyGood.interval(seed: 0) == nil)
        #expect(onlyGood.kappa == nil && onlyGood.agreement == 1)
        let coin = Audit(judged: Self.judged, rated: [(9, 9), (2, 9), (9, 2), (2, 2)])
        #expect(coin.correctedPassRate == nil)
        let none = Audit(judged: Self.judged, rated: [])
        #expect(none.agreement == nil && none.meanDifference == nil)
    }

    @Test func aPartIsDrawnAndTheSameForTheSameSeed() {
        #expect(Audit.draw(from: 100, seed: 3).count == 15)
        #expect(Audit.draw(from: 100, seed: 3) == Audit.draw(from: 100, seed: 3))
        #expect(Audit.draw(from: 100, seed: 3) != Audit.draw(from: 100, seed: 4))
        #expect(Set(Audit.draw(from: 40, seed: 0)).count == 6)
        #expect(Audit.draw(from: 1, seed: 0) == [0] && Audit.draw(from: 0, seed: 0).isEmpty)
    }
}
