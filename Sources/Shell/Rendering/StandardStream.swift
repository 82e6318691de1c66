import Glibc
import Synchronization

/// Standard output and standard error.
public enum StandardStream {
    private static let hasLostOutput = Atomic(false)

    /// What a program ends with that would end with `status`: 3 for 0 where standard output did not take
    /// what was written.
    public static func status(_ status: Int32) -> Int32 {
        status == 0 && hasLostOutput.load(ordering: .relaxed) ? 3 : status
    }

    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Standard output that does not take it, as on a full disk, is named once on standard error. A reader
    /// that has read enough and is gone is no error.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(
                descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno != EINTR { return fail(errno, descriptor) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    private static func fail(_ code: Int32, _ descriptor: Int32) {
        guard descriptor == STDOUT_FILENO, code != EPIPE,
            !hasLostOutput.exchange(true, ordering: .relaxed)
        else { return }
        write(
            "error: standard output cannot be written: \(String(cString: strerror(code)))\n"
                + "  parts of it are missing: make room, and ask again\n", to: STDERR_FILENO)
    }
}
