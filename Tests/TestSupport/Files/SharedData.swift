#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Test data that is not in the repository: the folder `shared` beside the package, or the one that
/// `TANDEM_SHARED` names. Tests that need it are skipped where it is not there.
public enum SharedData {
    /// The folder, where it is there.
    public static let folder: String? = {
        let environment = getenv("TANDEM_SHARED").map { String(cString: $0) }
        let beside =
            "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/") + "/shared"
        return [environment, beside].compactMap(\.self).first { access($0 + "/data", R_OK) == 0 }
    }()

    public static var isPresent: Bool { folder != nil }

    /// The path of `name` in the folder, where it is there.
    public static func path(_ name: String) -> String? {
        guard let path = folder.map({ $0 + "/" + name }), access(path, R_OK) == 0 else {
            return nil
        }
        return path
    }

    /// The demo model, where it has been fetched.
    public static let demoModel: String? = {
        let home = getenv("HOME").map { String(cString: $0) } ?? ""
        let data = getenv("XDG_DATA_HOME").map { String(cString: $0) } ?? ""
        let base = data.isEmpty ? home + "/.local/share" : data
        let path = base + "/tandem/models/SmolLM2-135M-Instruct.Q4_1.gguf"
        return access(path, R_OK) == 0 ? path : nil
    }()
}
