import Glibc

/// A moment in universal time, to the second.
public struct UTCTime: Sendable {
    /// Year, month and day; hour, minute and second; each as digits.
    private let date, clock: [String]

    /// - Parameter seconds: since 1970.
    public init(seconds: Int = time(nil)) {
        var (seconds, parts) = (seconds, tm())
        gmtime_r(&seconds, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : String(value) }
        date = [String(parts.tm_year + 1900), two(parts.tm_mon + 1), two(parts.tm_mday)]
        clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two)
    }

    /// `2026-11-25 17:04`.
    public var minute: String { date.joined(separator: "-") + " " + clock[0] + ":" + clock[1] }
    /// `2026-11-25T17:04:09Z`.
    public var iso8601: String {
        date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
    }
    /// `20261125-170409`, which sorts by time.
    public var compact: String { date.joined() + "-" + clock.joined() }
}
