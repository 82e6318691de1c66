import Basics
import Glibc

/// A folder of journals, the oldest of which go when there are too many.
public struct JournalFolder: Sendable {
    public struct File: Sendable, Equatable {
        /// Without its ending.
        public let name: String
        public let path: String
        public let byteCount: Int
        /// When it was last written, in nanoseconds since 1970.
        public let modified: Int
    }

    public let path: String
    static let ending = ".jsonl"

    public init(_ path: String) { self.path = path }

    public func path(of name: String) -> String { path + "/" + name + Self.ending }

    /// The journals, the one that was written last at the end.
    public var files: [File] {
        let files = Folder.names(in: path).compactMap { name -> File? in
            var status = stat()
            let path = path + "/" + name
            guard name.hasSuffix(Self.ending), stat(path, &status) == 0 else { return nil }
            return File(
                name: String(name.dropLast(Self.ending.count)), path: path,
                byteCount: Int(status.st_size),
                modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec))
        }
        return files.sorted { ($0.modified, $0.name) < ($1.modified, $1.name) }
    }

    /// Whether a process has the file open for writing.
    public static func isInUse(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    /// Removes the journals that were not written for longest, until what stays is within the limits.
    /// One that is open stays. What cannot be removed is left.
    public func prune(to limit: Limit) {
        let files = files
        var (count, bytes) = (files.count, files.reduce(0) { $0 + $1.byteCount })
        for file in files where count > limit.count || bytes > limit.byteCount {
            if remove(file) {
                count -= 1
                bytes -= file.byteCount
            }
        }
    }

    private func remove(_ file: File) -> Bool {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Whoever opens it now sees that it is locked, or later that it is gone.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, unlink(file.path) == 0 else {
            return false
        }
        var number = 1
        while unlink(Journal.asidePath(file.path, number)) == 0 { number += 1 }
        return true
    }
}

extension JournalFolder {
    /// How much is kept.
    public struct Limit: Sendable {
        public let count: Int
        public let byteCount: Int

        public init(count: Int, byteCount: Int) {
            self.count = count
            self.byteCount = byteCount
        }

        /// 5,000 sessions, 1 GiB.
        public static let sessions = Limit(count: 5000, byteCount: 1 << 30)
        /// 1,000 runs, 1 GiB.
        public static let runs = Limit(count: 1000, byteCount: 1 << 30)
    }
}
