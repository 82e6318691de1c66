import Glibc

/// Where the time of forward passes goes, as one thread sees it: thread 0 reads a clock between two
/// phases. Off unless a stepper is given one; a reading costs some 30 ns.
package final class PhaseClock {
    package enum Phase: Int, CaseIterable, Sendable {
        /// Embeddings, norms, cutting into tiles, activations, residual sums.
        case elementWise
        /// Products with the layers' weights.
        case products
        /// What adapters add to products.
        case adapters
        /// Rotation, writing and reading of the cache, softmax.
        case attention
        /// Products with the output matrix.
        case head
        /// Waiting for other threads at the end of a phase.
        case waiting
    }

    private var nanoseconds = [UInt64](repeating: 0, count: Phase.allCases.count)
    private var last: UInt64 = 0

    package init() {}

    /// Seconds spent in `phase` since the clock was made.
    package func seconds(_ phase: Phase) -> Double { Double(nanoseconds[phase.rawValue]) * 1e-9 }

    func start() { last = Self.now() }

    /// Counts the time since the last reading to `phase`.
    func end(_ phase: Phase) {
        let now = Self.now()
        nanoseconds[phase.rawValue] += now - last
        last = now
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
