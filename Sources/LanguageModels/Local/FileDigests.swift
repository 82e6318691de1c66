import Basics
import ModelFiles

/// The small files of a folder, by what is in them.
struct FileDigests {
    /// `NAME SHA-256` of each file that is there, in the order given.
    let lines: [String]

    /// - Throws: `inputOutput`.
    /// - Complexity: O(bytes).
    init(_ names: [String], in folder: String) throws(TandemError) {
        var lines: [String] = []
        for name in names {
            do throws(TandemError) {
                let file = try MappedFile(path: folder + "/" + name)
                lines.append("\(name) \(SHA256.hex(joining: [file]))")
            } catch  where error.code == .notFound { continue }
        }
        self.lines = lines
    }
}
