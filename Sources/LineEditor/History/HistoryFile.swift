import Basics
import Glibc

/// The file of the history: plain text, one entry a line.
///
/// The further lines of an entry with several begin with a tab. No entry begins with white space, so
/// this needs no escapes. Entries are appended one by one, under a lock: several shells can run at
/// once, and nothing is lost when one is killed. Only its owner can read it (mode 0600).
package struct HistoryFile {
    let path: String

    /// The entries in the order they were entered; none where there is no file.
    ///
    /// - Throws: `inputOutput` where the file cannot be read.
    func load() throws(TandemError) -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw failure("cannot read the history")
        }
        defer { close(descriptor) }
        restrict(descriptor)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw failure("cannot read the history")
            }
        }
        return Self.entries(in: bytes)
    }

    /// Adds one entry at the end, and the file and its folder where they are missing.
    ///
    /// - Throws: `inputOutput` where the file cannot be written.
    func append(_ entry: String) throws(TandemError) {
        try createFolder()
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot write the history") }
        defer { close(descriptor) }
        restrict(descriptor)
        flock(descriptor, LOCK_EX)
        try write(Self.lines(of: entry), to: descriptor)
    }

    /// Writes all entries anew: into a file beside it, which then takes its place.
    ///
    /// - Throws: `inputOutput` where that fails; the old file is then as it was.
    func replace(with entries: [String]) throws(TandemError) {
        // A link stays a link.
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let destination = target ?? path
        let temporary = destination + ".\(getpid()).new"
        let descriptor = open(
            temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot write the history") }
        defer { close(descriptor) }
        do throws(TandemError) {
            try write(entries.flatMap(Self.lines), to: descriptor)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, destination) == 0 else {
            let error = failure("cannot replace the history")
            unlink(temporary)
            throw error
        }
    }

    /// The bytes of an entry in the file.
    package static func lines(of entry: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in entry.utf8 {
            bytes.append(byte)
            if byte == 0x0A { bytes.append(0x09) }
        }
        return bytes + [0x0A]
    }

    package static func entries(in bytes: [UInt8]) -> [String] {
        var entries: [[UInt8]] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.first == 0x09, !entries.isEmpty {
                entries[entries.count - 1] += [0x0A] + line.dropFirst()
            } else {
                entries.append(Array(line))
            }
        }
        return entries.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    private func restrict(_ descriptor: Int32) {
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0 {
            fchmod(descriptor, 0o600)
        }
    }

    private func createFolder() throws(TandemError) {
        var index = path.startIndex
        while let slash = path[index...].firstIndex(of: "/") {
            index = path.index(after: slash)
            let folder = path[..<slash]
            if folder.isEmpty || access(String(folder), F_OK) == 0 { continue }
            guard mkdir(String(folder), 0o700) == 0 || errno == EEXIST else {
                throw failure("cannot create the folder of the history")
            }
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(TandemError) {
        var position = 0
        while position < bytes.count {
            let count = bytes[position...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count >= 0 || errno == EINTR else { throw failure("cannot write the history") }
            position += max(0, count)
        }
    }

    private func failure(_ what: String) -> TandemError {
        TandemError(
            .inputOutput, "\(what): \(String(cString: strerror(errno)))", file: path,
            remedy: "make the file and its folder writable, or remove it")
    }
}
