import PseudoTerminal

/// A call of the C library that fails in the program under test, see `Tests/DiskFaults`.
struct DiskFault {
    /// Such as `write`.
    let call: String
    /// Stands in the path of the file.
    let part: String
    /// Which of the calls on such files, from 1.
    var number = 1
    /// Whether the later ones fail, too.
    var lasts = false
    /// An `errno`; 0: `write` takes half of the bytes only.
    let error: Int32

    static let library = BuiltProgram.path("libDiskFaults.so")

    static func environment(_ faults: [DiskFault]) -> [String: String] {
        guard let library, !faults.isEmpty else { return [:] }
        let texts = faults.map {
            "\($0.call),\($0.part),\($0.number)\($0.lasts ? "+" : ""),\($0.error)"
        }
        return ["LD_PRELOAD": library, "DISK_FAULTS": texts.joined(separator: ";")]
    }
}
