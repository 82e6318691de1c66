#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of its own for a test, removed with everything in it when the last reference goes.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/tandem-test-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw TestFileError(path: base) }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    /// The path of `name` in the folder.
    public func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Makes the folder `name` in this one, and gives its path.
    public func folder(_ name: String) throws -> String {
        try TestFile.makeFolder(self(name))
        return self(name)
    }

    /// Links are removed, never what they lead to.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { remove(path + "/" + name) }
            }
            closedir(directory)
            rmdir(path)
        }
    }
}
