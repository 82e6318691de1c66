import Basics
import Glibc
import ModelFiles

/// Keeps the digests of weight files, so that files which nobody has written to since are not read
/// again for them.
///
/// A digest is known by device, inode, size and times of its files (``FileIdentity``). Files that
/// changed within the last seconds are left out: another change might not show in their times.
package struct DigestFolder: Sendable {
    private let path: String
    private let minimumByteCount: Int
    private let secondsToSettle: Int

    /// - Parameters:
    ///   - path: made when there is something to keep.
    ///   - minimumByteCount: less is read at once.
    ///   - secondsToSettle: how long ago the last change of a file must be.
    package init(path: String, minimumByteCount: Int = 32 << 20, secondsToSettle: Int = 2) {
        self.path = path
        self.minimumByteCount = minimumByteCount
        self.secondsToSettle = secondsToSettle
    }

    /// The digest of a model's weight files.
    /// - Complexity: O(1) where it is known, else O(bytes).
    package func sha256(of file: ModelFile) -> String {
        guard file.byteCount >= minimumByteCount, file.isUnchanged else { return file.sha256() }
        let identities = file.identities.map(\.text).joined(separator: "\n")
        let place = path + "/" + SHA256.hex(identities)
        if let known = try? TextFile.read(place), Self.isDigest(known.dropLast()) {
            return String(known.dropLast())
        }
        let settled = UInt64(max(0, time(nil) - secondsToSettle)) * 1_000_000_000
        let isSettled = file.identities.allSatisfy { $0.lastChange <= settled }
        let digest = file.sha256()
        if isSettled, file.isUnchanged {
            // Where it cannot be kept, it is computed again the next time.
            try? Folder.make(path)
            try? TextFile.write(digest + "\n", to: place)
        }
        return digest
    }

    private static func isDigest(_ text: Substring) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
