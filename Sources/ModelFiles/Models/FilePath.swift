#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Questions about paths.
enum FilePath {
    static func isFolder(_ path: String) -> Bool { mode(path) == S_IFDIR }

    /// Whether a regular file is at `path`, links followed.
    static func isFile(_ path: String) -> Bool { mode(path) == S_IFREG }

    static func join(_ folder: String, _ name: String) -> String {
        folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
