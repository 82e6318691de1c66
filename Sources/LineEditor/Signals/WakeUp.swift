import Glibc
import Synchronization

/// Wakes whoever waits for input when a signal has come.
///
/// A signal may be handled on any thread, and between the look at a flag and the wait; so the
/// handlers also write a byte into a pipe, and waiting means waiting for input or for that byte.
enum WakeUp {
    private static let readEnd = Atomic<Int32>(-1)
    private static let writeEnd = Atomic<Int32>(-1)

    /// Makes the pipe, once. Call it before a handler is set.
    static func prepare() {
        guard readEnd.load(ordering: .relaxed) < 0 else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        writeEnd.store(ends[1], ordering: .relaxed)
        readEnd.store(ends[0], ordering: .relaxed)
    }

    /// For signal handlers, after the flag is set.
    static func send() {
        let error = errno
        var byte: UInt8 = 0
        _ = write(writeEnd.load(ordering: .relaxed), &byte, 1)
        errno = error
    }

    /// Waits until there is something to read (true) or a signal has come.
    static func waitForInput(_ descriptor: Int32) -> Bool {
        let wake = readEnd.load(ordering: .relaxed)
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        ]
        // An error that is not a signal's is for `read` to report.
        guard poll(&descriptors, 2, -1) > 0 else { return errno != EINTR }
        if descriptors[1].revents != 0 {
            var bytes: (UInt64, UInt64) = (0, 0)
            while read(wake, &bytes, 16) > 0 {}
        }
        return descriptors[0].revents != 0
    }
}
