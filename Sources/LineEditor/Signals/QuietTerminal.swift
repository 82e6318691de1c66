import Glibc
import Synchronization

/// The terminal while the program works and no line is edited: what is typed is not echoed into what
/// is shown, and waits with its `^D` and Tab for the next line. `^C` and `^Z` are signals as ever.
///
/// Belongs to one thread.
public enum QuietTerminal {
    private static let isOn = Atomic<Bool>(false)

    /// Runs `body`, which may read lines with a ``LineEditor``; afterwards, and when a signal ends the
    /// program, the terminal has the mode that it has now. Where lines are not edited it stays in it.
    public static func during<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard LineEditor.terminalDescriptors() != nil, !isOn.load(ordering: .relaxed) else {
            return try body()
        }
        let guardian = TerminalGuard(quiet: STDIN_FILENO)
        isOn.store(true, ordering: .relaxed)
        beQuiet()
        defer {
            isOn.store(false, ordering: .relaxed)
            beUsual()
            guardian.restore()
        }
        return try body()
    }

    /// Runs `body` with the terminal in its usual mode, for another program.
    public static func paused<Result>(_ body: () -> Result) -> Result {
        let wasOn = isOn.exchange(false, ordering: .relaxed)
        if wasOn { beUsual() }
        defer {
            isOn.store(wasOn, ordering: .relaxed)
            beQuiet()
        }
        return body()
    }

    /// After `^Z` and `fg`: the shell between has put the terminal into its own mode. In the background
    /// the terminal is another program's. For signal handlers.
    static func wasContinued() {
        let error = errno
        if tcgetpgrp(STDIN_FILENO) == getpgrp() { beQuiet() }
        errno = error
    }

    /// After something else changed the mode.
    static func beQuiet() {
        guard isOn.load(ordering: .relaxed), var mode = TerminalGuard.usualMode else { return }
        mode.c_lflag &= ~tcflag_t(ECHO | ICANON)
        withUnsafeMutablePointer(to: &mode.c_cc) { pointer in
            pointer.withMemoryRebound(to: cc_t.self, capacity: Int(NCCS)) { keys in
                keys[Int(VMIN)] = 1
                keys[Int(VTIME)] = 0
            }
        }
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }

    private static func beUsual() {
        guard var mode = TerminalGuard.usualMode else { return }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &mode)
    }
}
