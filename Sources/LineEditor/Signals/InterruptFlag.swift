import Glibc
import Synchronization

/// Whether the user pressed `^C` while something ran that can stop.
///
/// The handler counts in an atomic variable and wakes a reader of input: both are safe in a signal
/// handler.
public enum InterruptFlag {
    private static let interrupts = Atomic<Int>(0)

    /// Whether an interruption came since the last ``clear()``.
    public static var isRaised: Bool { count > 0 }

    /// How many interruptions came: the first asks to stop, more of them insist.
    public static var count: Int { interrupts.load(ordering: .relaxed) }

    public static func clear() { interrupts.store(0, ordering: .relaxed) }

    /// Runs `body` with the flag cleared and `SIGINT` raising it; afterwards `SIGINT` does what it
    /// did before, and the flag can still be read.
    public static func watching<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        clear()
        let action = keepRaising()
        defer { action.restore() }
        return try body()
    }

    /// From now on `SIGINT` raises the flag, until the action is restored.
    static func keepRaising() -> SignalAction {
        WakeUp.prepare()
        return SignalAction(SIGINT) { _ in InterruptFlag.raise() }
    }

    private static func raise() {
        interrupts.add(1, ordering: .sequentiallyConsistent)
        WakeUp.send()
    }
}
