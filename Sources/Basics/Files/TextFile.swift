import Glibc

/// Small text files, read and written whole.
public enum TextFile {
    /// - Throws: `notFound`, `inputOutput`; `malformed` for bytes that are not UTF-8.
    public static func read(_ path: String) throws(TandemError) -> String {
        let bytes = try MappedFile(path: path).contents()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TandemError(.malformed, "not a text in UTF-8", file: path)
        }
        return text
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one. It is on the disk when
    /// this returns.
    /// - Throws: `inputOutput`; the old file is as it was then, unless it is the folder that cannot be
    ///   brought to the disk.
    public static func write(_ text: String, to path: String) throws(TandemError) {
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        do throws(TandemError) {
            defer { close(descriptor) }
            try write(Array(text.utf8), to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw failure(path) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
        try syncFolder(of: path)
    }

    private static func write(
        _ bytes: [UInt8], to descriptor: Int32, _ path: String
    ) throws(TandemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || (count < 0 && errno == EINTR) else { throw failure(path) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Brings the new name to the disk, where the folder can be opened.
    private static func syncFolder(of path: String) throws(TandemError) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Some file systems know no such thing for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> TandemError {
        let code = errno
        return TandemError(
            .inputOutput, "it cannot be written: \(String(cString: strerror(code)))", file: path,
            remedy: code == ENOENT
                ? "make its folder first"
                : "make room on the disk, or the file and its folder writable")
    }
}
