import Basics

/// A bar, the count, the rate and the time that is left, on one line.
struct BatchProgress {
    private let count: Int
    private let start: ContinuousClock.Instant
    private var done = 0
    private var lastShown: ContinuousClock.Instant?

    /// - Parameter count: of the answers that are to be generated.
    init(count: Int, start: ContinuousClock.Instant = .now) {
        self.count = count
        self.start = start
    }

    /// One more answer; nil where the line was shown less than a tenth of a second ago.
    mutating func advance(columns: Int, now: ContinuousClock.Instant = .now) -> String? {
        done += 1
        if let lastShown, lastShown.duration(to: now) < .milliseconds(100), done < count {
            return nil
        }
        lastShown = now
        let elapsed = start.duration(to: now) / .seconds(1)
        let rate = elapsed > 0 ? Double(done) / elapsed : 0
        var text = " \(done)/\(count) answers"
        if rate > 0 {
            text +=
                "  \(Numbers.fixed(rate, rate < 10 ? 1 : 0))/s  "
                + Self.clock(Double(count - done) / rate) + " left"
        }
        let width = min(24, columns - text.count - 3)
        if width < 4 { return String(text.dropFirst().prefix(max(0, columns - 1))) }
        let full = width * done / count
        return "[" + String(repeating: "#", count: full)
            + String(repeating: "-", count: width - full) + "]" + text
    }

    /// Hours, minutes and seconds.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 359_999).rounded(.up))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        return whole < 3600
            ? "\(whole / 60):\(two(whole % 60))"
            : "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }
}
