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

    /// Names of the files in a folder, sorted; empty when it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
