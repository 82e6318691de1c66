import Glibc
import Inference

public typealias PackedFolder = Inference.PackedFolder
public typealias PackedFileFinding = Inference.PackedFileFinding
public typealias Quantization = Inference.Quantization

extension PackedFolder {
    /// The environment variable that, set to `off`, keeps packed weights from being kept or used.
    public static let switchName = "TANDEM_PACKED"

    /// `$XDG_CACHE_HOME/tandem/packed`; nil where that is switched off, or nobody's home is known.
    public static var user: PackedFolder? {
        guard UserCache.variable(switchName) != "off" else { return nil }
        return UserCache.folder("packed").map { PackedFolder(path: $0) }
    }
}

extension DigestFolder {
    /// `$XDG_CACHE_HOME/tandem/digests`; nil where nobody's home is known.
    static var user: DigestFolder? {
        UserCache.folder("digests").map { DigestFolder(path: $0) }
    }
}

/// Where this user's programs keep what can be made again.
private enum UserCache {
    static func folder(_ name: String) -> String? {
        let (cache, home) = (variable("XDG_CACHE_HOME"), variable("HOME"))
        if cache.isEmpty, home.isEmpty { return nil }
        return (cache.isEmpty ? home + "/.cache" : cache) + "/tandem/" + name
    }

    static func variable(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}
