import CLibcurl
import Glibc

/// How long a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date
/// (RFC 9110, 10.2.3).
enum RetryAfter {
    /// Seconds from `now` on; nil where no header says it in a form that can be read.
    /// - Parameters:
    ///   - headers: by lower-case name.
    ///   - now: seconds since 1970.
    static func seconds(_ headers: [String: String], now: Double) -> Double? {
        if let value = headers["retry-after-ms"], let milliseconds = number(value) {
            return milliseconds / 1000
        }
        guard let value = headers["retry-after"] else { return nil }
        if let seconds = number(value) { return seconds }
        // Without letters it is no date, though libcurl would take some such texts for one.
        guard value.utf8.contains(where: { (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
        let date = curl_getdate(value, nil)
        return date < 0 ? nil : max(0, Double(date) - now)
    }

    private static func number(_ text: String) -> Double? {
        let isDecimal =
            !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isDecimal, let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
