import Basics
import Glibc
import Sessions

/// Paths in scripts: a relative one begins in the script's folder, or where nothing is there, in the
/// folder that Tandem was started in.
enum ScriptPath {
    /// - Parameter script: the path of the script that `path` stands in.
    static func resolved(_ path: String, in script: String) -> String {
        if path.hasPrefix("/") || path.hasPrefix("~") { return path }
        let beside = folder(of: script) + path
        return access(HomePath.expanded(beside), F_OK) == 0 ? beside : path
    }

    /// A path as a script is to hold it: relative to the script where it was relative or the script's
    /// folder holds it, else with `~` for the home.
    static func written(_ path: String, in script: String) -> String {
        if path.hasPrefix("~") { return path }
        let folder = parts(of: folder(of: absolute(script)))
        let target = parts(of: absolute(path))
        let shared = zip(folder, target).prefix { $0 == $1 }.count
        let isBelow = shared == folder.count
        if path.hasPrefix("/"), !isBelow { return HomePath.shortened(path) }
        if shared == 0 { return HomePath.shortened(absolute(path)) }
        if isBelow, !path.hasPrefix("/"), folder == parts(of: SessionJournal.currentFolder) {
            return path
        }
        let up = Array(repeating: "..", count: folder.count - shared)
        let rest = (up + target[shared...]).joined(separator: "/")
        return rest.isEmpty ? "." : rest
    }

    /// With its slash; empty for a script in the folder that Tandem was started in.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private static func absolute(_ path: String) -> String {
        let path = HomePath.expanded(path)
        return path.hasPrefix("/") ? path : SessionJournal.currentFolder + "/" + path
    }

    /// The names of a path, without `.` and `..`.
    private static func parts(of path: String) -> [String] {
        path.split(separator: "/").reduce(into: []) { parts, part in
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
    }
}
