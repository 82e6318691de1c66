import Foundation

/// The public test data beside the repository, where it is present.
enum SharedData {
    static let folder: String? = {
        let candidates = [
            ProcessInfo.processInfo.environment["TANDEM_SHARED"],
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
                .path(),
        ]
        return candidates.compactMap { $0 }.first {
            FileManager.default.fileExists(atPath: $0 + "/data")
        }
    }()

    static func path(_ name: String) -> String { (folder ?? "") + "/data/" + name }
}
