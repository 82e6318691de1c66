import Basics
import Foundation

/// Where the peers and the model files are; `TANDEM_PEERS` names another folder.
struct PeerFolder {
    let path: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? ""
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        path = environment["TANDEM_PEERS"] ?? (cache ?? home + "/.cache") + "/tandem-peers"
    }

    var python: String { path + "/venv/bin/python" }
    var hasPython: Bool { FileManager.default.isExecutableFile(atPath: python) }

    func model(_ name: String) -> String { "\(path)/models/\(name)" }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: model(name)) }
}
