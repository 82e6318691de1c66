import Basics
import Glibc

extension Journal {
    static func failure(_ what: String, _ path: String) -> TandemError {
        TandemError(
            .inputOutput, "\(what): \(String(cString: strerror(errno)))", file: path,
            remedy: "make room on the disk, or the file and its folder writable")
    }

    /// Waits a little: one that only looks whether the file is in use has it for a moment.
    static func lock(_ descriptor: Int32) -> Bool {
        for attempt in 0..<5 {
            if attempt > 0 { usleep(2000) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        }
        return false
    }

    /// Whether the path still leads to the open file: another process may have removed it before it
    /// was locked.
    static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var (own, present) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && stat(path, &present) == 0
            && own.st_dev == present.st_dev && own.st_ino == present.st_ino
    }

    static func bytes(of path: String) throws(TandemError) -> [UInt8] {
        try MappedFile(path: path).contents()
    }

    /// One `write` where the system takes all of it; a rest is written after it.
    static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(TandemError) {
        var position = 0
        while position < bytes.count {
            let count = bytes[position...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count >= 0 || errno == EINTR else { throw failure("it cannot be written", path) }
            position += max(0, count)
        }
    }

    /// Makes the file end with a line feed.
    /// - Returns: what was done, for people.
    static func repair(
        _ contents: JournalContents, _ descriptor: Int32, _ path: String
    ) throws(TandemError) -> [String] {
        if contents.tail.isEmpty { return [] }
        if contents.tailIsRecord {
            try write([0x0A], to: descriptor, path)
            return []
        }
        let aside = try keepAside(contents.tail, path)
        guard ftruncate(descriptor, off_t(contents.wholeByteCount)) == 0,
            fdatasync(descriptor) == 0
        else { throw failure("its torn last line cannot be removed", path) }
        return ["the last line was torn, and was moved to \(aside)"]
    }

    /// Where a torn last line goes.
    static func asidePath(_ path: String, _ number: Int) -> String { "\(path).torn\(number)" }

    private static func keepAside(_ bytes: [UInt8], _ path: String) throws(TandemError) -> String {
        for number in 1...1000 {
            let aside = asidePath(path, number)
            let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor < 0, errno == EEXIST { continue }
            guard descriptor >= 0 else { throw failure("it cannot be made", aside) }
            defer { close(descriptor) }
            try write(bytes, to: descriptor, aside)
            guard fsync(descriptor) == 0 else { throw failure("it cannot be written", aside) }
            return aside
        }
        throw TandemError(
            .inputOutput, "its torn last line cannot be kept: there are 1000 such files already",
            file: path, remedy: "remove those whose names end with .torn and a number")
    }
}
