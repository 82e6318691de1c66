import Basics
import Foundation
import LanguageModels
import ModelFiles
import TestSupport
import Testing

/// A digest is taken from the folder only while the files are as they were.
struct DigestFolderTests {
    private let folder: TemporaryFolder
    private var path: String { folder("model.gguf") }

    init() throws {
        folder = try TemporaryFolder()
        try TinyLlama(seed: 1).writeGGUF(to: folder("model.gguf"))
    }

    private func digest(_ minimum: Int = 1, settling seconds: Int = -10) throws -> String {
        DigestFolder(
            path: folder("digests"), minimumByteCount: minimum, secondsToSettle: seconds
        ).sha256(of: try ModelFile.open(path: path))
    }

    private var kept: [String] { Folder.names(in: folder("digests")) }

    private func replaceKept(_ text: String) throws {
        try TestFile.write(text, to: folder("digests/" + kept[0]))
    }

    @Test func itIsReadAgainOnlyWhereSomethingChanged() throws {
        let bytes = try TestFile.bytes(of: path)
        let real = SHA256.hex(bytes)
        #expect(try digest() == real && kept.count == 1)
        let other = String(repeating: "a", count: 64)
        try replaceKept(other + "\n")
        #expect(try digest() == other)

        // The same size and the same time of change: only the system's own time tells.
        let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        var changed = bytes
        changed[changed.count - 1] ^= 1
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.write(contentsOf: Data(changed))
        try handle.close()
        try FileManager.default.setAttributes(
            [.modificationDate: modified as Any], ofItemAtPath: path)
        #expect(try digest() == SHA256.hex(changed) && kept.count == 2)
    }

    @Test func whatIsNoDigestIsNotTaken() throws {
        let real = try digest()
        for text in ["", "\n", real.uppercased() + "\n", real, String(real.dropLast()) + "\n"] {
            try replaceKept(text)
            #expect(try digest() == real)
        }
    }

    @Test func smallFilesAndFreshFilesAreNotKept() throws {
        let real = SHA256.hex(try TestFile.bytes(of: path))
        #expect(try digest(1 << 20) == real && kept.isEmpty)
        #expect(try digest(settling: 10) == real && kept.isEmpty)
    }
}
