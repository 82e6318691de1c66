import Glibc

/// Whether, and when, a request that failed is sent again.
public struct RetryPolicy: Sendable {
    /// Tries after the first.
    public var limit = 2
    /// The wait after the first try without word from the server, in seconds; it doubles each time.
    public var firstDelay = 0.5
    public var longestDelay = 8.0
    /// A server that asks for a longer wait, in seconds, is not waited for.
    public var longestRetryAfter = 60.0

    public init() {}

    public enum Decision: Sendable, Equatable {
        /// Not again, and why, where that is more than the failure itself.
        case giveUp(String?)
        /// Again after so many seconds.
        case retry(after: Double)
    }

    /// What to do after a try.
    /// - Parameters:
    ///   - tries: how many there were, at least 1.
    ///   - mayRepeat: false once a part of the answer has been shown.
    ///   - chance: in [0, 1), so that many callers do not come back at once.
    public func decision(
        after failure: HTTPFailure, tries: Int, mayRepeat: Bool, chance: Double
    ) -> Decision {
        guard mayRepeat, failure.mayPass else { return .giveUp(nil) }
        if let wait = failure.retryAfter, wait > longestRetryAfter {
            return .giveUp(
                "the server asks to wait \(Self.readable(wait)), longer than "
                    + Self.readable(longestRetryAfter))
        }
        guard tries <= limit else { return .giveUp(nil) }
        if let wait = failure.retryAfter, wait > 0 { return .retry(after: wait) }
        let delay = min(firstDelay * pow(2, Double(tries - 1)), longestDelay)
        return .retry(after: delay * (1 - 0.25 * chance))
    }

    private static func readable(_ seconds: Double) -> String {
        seconds < 1e15 ? "\(Int(seconds.rounded(.up))) s" : "for ever"
    }
}
