import Glibc

/// How much of the machine others took while something was measured: figures count only where this
/// is little.
struct OtherLoad {
    private let start = ContinuousClock.now
    private let others: Double
    private let child: pid_t?

    /// - Parameter child: a process that belongs to the measurement and still runs.
    init(child: pid_t? = nil) {
        self.child = child
        others = Self.others(child)
    }

    private static func others(_ child: pid_t?) -> Double {
        ProcessorTime.busySeconds() - ProcessorTime.ownSeconds()
            - (child.map(ProcessorTime.seconds) ?? 0)
    }

    /// Processors that others kept busy since the start, on average.
    var processors: Double {
        max(0, Self.others(child) - others) / (start.duration(to: .now) / .seconds(1))
    }
}
