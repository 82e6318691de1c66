import Basics
import Glibc

/// A file of kept weights, and whether it is what was written.
public struct PackedFileFinding: Sendable, Equatable {
    public let path: String
    public let byteCount: Int
    public let isIntact: Bool
}

extension PackedFolder {
    /// Compares every kept file with the digest at its end. One that differs is removed, so that its
    /// weights are packed anew.
    ///
    /// Starting does not do it: it would take longer than packing.
    /// - Complexity: O(bytes); reads all of them.
    public func verify() -> [PackedFileFinding] {
        files().sorted { $0.path < $1.path }.map { file in
            let isIntact = Self.isIntact(file.path)
            if !isIntact { unlink(file.path) }
            return PackedFileFinding(path: file.path, byteCount: file.byteCount, isIntact: isIntact)
        }
    }

    private static func isIntact(_ path: String) -> Bool {
        guard let file = try? MappedFile(path: path) else { return false }
        return withExtendedLifetime(file) {
            let end = file.bytes.count - PackedFileKey.trailerByteCount
            guard end > 0 else { return false }
            let digest = SHA256()
            digest.append(file, 0..<end)
            return file.bytes[end...].elementsEqual(PackedFileKey.trailer(digest.hex()))
        }
    }
}
