import Foundation
import TestSupport
import Testing

/// Standard output that does not take what is written, as on a full disk.
struct LostOutputTests {
    @Test(arguments: [
        ["score", "p.txt", "--references", "p.txt"],
        ["score", "p.txt", "--references", "p.txt", "--json"],
        ["run", "s.tandem"],
        ["score", "--help"],
    ])
    func itIsAnErrorAndNamedOnce(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        try TestFile.write("an answer\nanother\n", to: folder("p.txt"))
        try TestFile.write("/lineup\n/set\n/models\n", to: folder("s.tandem"))
        let process = Process()
        process.executableURL = URL(filePath: try BuiltTandem.path())
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["XDG_STATE_HOME": folder("state")]
        ) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 3, "\(text)")
        #expect(
            text.components(separatedBy: "standard output cannot be written: No space").count == 2,
            "\(text)")
    }
}
