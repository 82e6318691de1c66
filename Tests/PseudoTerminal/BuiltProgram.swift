import Glibc

/// The programs of this package, as they were built with the tests.
public enum BuiltProgram {
    /// The path of a built program; nil where it was not built.
    public static func path(_ name: String) -> String? {
        let resolved = realpath("/proc/self/exe", nil)
        defer { free(resolved) }
        let bundle = resolved.map { String(cString: $0) } ?? ""
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folders =
            [bundle, CommandLine.arguments.first ?? ""].map(folder) + [
                "/\(package)/.build/release"
            ]
        return folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
