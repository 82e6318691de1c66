import HTTP
import Testing

struct RetryPolicyTests {
    private let policy = RetryPolicy()
    private let overloaded = HTTPFailure(.status(503), "x")

    /// min(0.5·2ⁿ, 8)·(1 − 0.25·chance), n the tries before.
    @Test(arguments: [(1, 0.0, 0.5), (2, 0.0, 1.0), (1, 1.0, 0.375), (2, 0.5, 0.875)])
    func waitsLonger(_ tries: Int, _ chance: Double, _ seconds: Double) {
        let decision = policy.decision(
            after: overloaded, tries: tries, mayRepeat: true, chance: chance)
        #expect(decision == .retry(after: seconds))
    }

    @Test func theWaitHasALimit() {
        var patient = policy
        patient.limit = 20
        let decision = patient.decision(
            after: overloaded, tries: 12, mayRepeat: true, chance: 0)
        #expect(decision == .retry(after: 8))
    }

    @Test func givesUpInTheEnd() {
        #expect(
            policy.decision(after: overloaded, tries: 3, mayRepeat: true, chance: 0)
                == .giveUp(nil))
        #expect(
            policy.decision(after: overloaded, tries: 1, mayRepeat: false, chance: 0)
                == .giveUp(nil))
    }

    @Test func aServerThatAsksForAnHourIsNotWaitedFor() {
        var failure = overloaded
        failure.retryAfter = 3600
        #expect(
            policy.decision(after: failure, tries: 1, mayRepeat: true, chance: 0)
                == .giveUp("the server asks to wait 3600 s, longer than 60 s"))
        failure.retryAfter = 60
        #expect(
            policy.decision(after: failure, tries: 1, mayRepeat: true, chance: 0)
                == .retry(after: 60))
    }
}
