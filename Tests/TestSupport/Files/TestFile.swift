import Basics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system refused to write a test's file.
public struct TestFileError: Error {
    public let path: String
}

/// Writing files from tests.
public enum TestFile {
    /// Writes a new file, or another in the place of one that is there.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TestFileError(path: path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                systemWrite(
                    descriptor, UnsafeRawBufferPointer(rebasing: all[written...]).baseAddress,
                    all.count - written)
            }
            guard count > 0 else { throw TestFileError(path: path) }
            written += count
        }
    }

    public static func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: path)
    }

    public static func write(_ json: JSON, to path: String) throws {
        try write(json.text, to: path)
    }

    /// Makes a folder; one that is there is fine.
    public static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw TestFileError(path: path) }
    }

    public static func bytes(of path: String) throws -> [UInt8] {
        let mapped = try MappedFile(path: path)
        return withExtendedLifetime(mapped) { Array(mapped.bytes) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
