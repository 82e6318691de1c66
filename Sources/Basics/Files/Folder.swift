import Glibc

/// Folders of the file system.
public enum Folder {
    /// Names of what is in a folder, sorted; empty when it cannot be read.
    public static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a folder and those above it, for this user alone; one that is there stays as it is.
    /// - Throws: `inputOutput`.
    public static func make(_ path: String) throws(TandemError) {
        let parts = path.split(separator: "/")
        for count in parts.indices {
            let folder = (path.hasPrefix("/") ? "/" : "") + parts[...count].joined(separator: "/")
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST || access(folder, F_OK) == 0 else {
                throw TandemError(
                    .inputOutput, "the folder cannot be made: \(String(cString: strerror(errno)))",
                    file: folder)
            }
        }
    }
}
