import Glibc
import Synchronization

/// Keeps the terminal usable whatever happens while a line is edited.
///
/// Turns bracketed paste on and off around the editing, notes signals for the reader of keys, and
/// puts the terminal back when a signal ends the program. Everything a handler touches is atomic.
struct TerminalGuard {
    private let actions: [SignalAction]
    /// Whether no other guard noted the mode of the terminal before.
    private let notedMode: Bool

    private static let interrupted = Atomic<Bool>(false)
    private static let resized = Atomic<Bool>(false)
    private static let continued = Atomic<Bool>(false)
    /// The usual mode of the terminal; nil where it has it.
    /// Unsafe only by name: the pointer is atomic, and freed after the handlers are gone.
    nonisolated(unsafe) private static let savedMode = Atomic<UnsafeMutablePointer<termios>?>(nil)
    private static let input = Atomic<Int32>(STDIN_FILENO)
    private static let output = Atomic<Int32>(STDOUT_FILENO)
    private static let bracketsPastes = Atomic<Bool>(false)

    init(input: Int32, output: Int32, bracketsPastes: Bool) {
        WakeUp.prepare()
        for flag in [Self.takeInterrupted, Self.takeResized, Self.takeContinued] { _ = flag() }
        Self.input.store(input, ordering: .relaxed)
        Self.output.store(output, ordering: .relaxed)
        Self.bracketsPastes.store(bracketsPastes, ordering: .relaxed)
        notedMode = Self.noteMode()
        actions =
            [
                SignalAction(SIGINT) { _ in TerminalGuard.noteInterrupted() },
                SignalAction(SIGWINCH) { _ in TerminalGuard.noteResized() },
                SignalAction(SIGCONT) { _ in TerminalGuard.noteContinued() },
            ]
            + Self.ending([SIGTERM, SIGHUP, SIGQUIT])
        Self.resume()
    }

    /// While no line is edited.
    init(quiet input: Int32) {
        Self.input.store(input, ordering: .relaxed)
        notedMode = Self.noteMode()
        actions =
            [SignalAction(SIGCONT) { _ in QuietTerminal.wasContinued() }]
            + Self.ending([SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    }

    private static func ending(_ signals: [Int32]) -> [SignalAction] {
        signals.map { signal in SignalAction(signal) { TerminalGuard.end($0) } }
    }

    /// - Returns: false where it is noted already.
    private static func noteMode() -> Bool {
        guard savedMode.load(ordering: .sequentiallyConsistent) == nil else { return false }
        let mode = UnsafeMutablePointer<termios>.allocate(capacity: 1)
        mode.initialize(to: termios())
        tcgetattr(input.load(ordering: .relaxed), mode)
        savedMode.store(mode, ordering: .sequentiallyConsistent)
        return true
    }

    /// The mode of the terminal that was noted; nil where none is.
    static var usualMode: termios? { savedMode.load(ordering: .sequentiallyConsistent)?.pointee }

    /// Ends the guard: signals do again what they did before.
    func restore() {
        Self.pause()
        for action in actions { action.restore() }
        if notedMode, let mode = Self.savedMode.exchange(nil, ordering: .sequentiallyConsistent) {
            mode.deallocate()
        }
    }

    /// Bracketed paste off, for the time that something else has the terminal.
    static func pause() { sendIfBracketing("\u{1B}[?2004l") }

    /// Bracketed paste on.
    static func resume() { sendIfBracketing("\u{1B}[?2004h") }

    static func takeInterrupted() -> Bool { interrupted.exchange(false, ordering: .relaxed) }
    static func takeResized() -> Bool { resized.exchange(false, ordering: .relaxed) }
    static func takeContinued() -> Bool { continued.exchange(false, ordering: .relaxed) }

    private static func noteInterrupted() { note(interrupted) }
    private static func noteResized() { note(resized) }
    private static func noteContinued() { note(continued) }

    private static func note(_ flag: borrowing Atomic<Bool>) {
        flag.store(true, ordering: .sequentiallyConsistent)
        WakeUp.send()
    }

    private static func sendIfBracketing(_ sequence: StaticString) {
        guard bracketsPastes.load(ordering: .relaxed) else { return }
        _ = write(
            output.load(ordering: .relaxed), sequence.utf8Start, sequence.utf8CodeUnitCount)
    }

    /// Puts the terminal back, then lets the signal end the program.
    private static func end(_ signal: Int32) {
        if let mode = savedMode.load(ordering: .sequentiallyConsistent) {
            pause()
            tcsetattr(input.load(ordering: .relaxed), TCSANOW, mode)
        }
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
    }
}
