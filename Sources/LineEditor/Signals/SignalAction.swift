import Glibc

/// A signal handler that is set, and what was there before.
struct SignalAction {
    private let signal: Int32
    private var previous = sigaction()

    /// Sets `handler`; system calls that wait return with `EINTR` when the signal comes.
    init(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        self.signal = signal
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        sigemptyset(&action.sa_mask)
        sigaction(signal, &action, &previous)
    }

    /// Sets what was there before.
    func restore() {
        var previous = previous
        sigaction(signal, &previous, nil)
    }
}
