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
        func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
        let cache = variable("XDG_CACHE_HOME")
        let home = variable("HOME")
        guard variable(switchName) != "off", !cache.isEmpty || !home.isEmpty else { return nil }
        return PackedFolder(
            path: (cache.isEmpty ? home + "/.cache" : cache) + "/tandem/packed")
    }
}
