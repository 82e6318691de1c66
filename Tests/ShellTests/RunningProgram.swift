import Foundation
import TestSupport

/// The program while it runs on a script.
final class RunningProgram {
    private let process = Process()
    private let files: (output: String, errors: String)

    /// - Parameters:
    ///   - folder: where it starts and keeps its state.
    ///   - state: the folder of its state; nil: one in `folder`.
    ///   - environment: added to this program's.
    init(
        _ arguments: [String], input: String, in folder: String, state: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        files = (folder + "/.out", folder + "/.err")
        process.executableURL = URL(filePath: try BuiltTandem.path())
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["XDG_STATE_HOME": state ?? folder + "/.state"]
        ) { $1 }.merging(environment) { $1 }
        for path in [files.output, files.errors] { try TestFile.write("", to: path) }
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files.output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files.errors))
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipe.fileHandleForWriting.close()
    }

    var isRunning: Bool { process.isRunning }

    /// As `kill -9` does.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits for its end.
    func result() throws -> ScriptTests.Result {
        process.waitUntilExit()
        return ScriptTests.Result(
            status: process.terminationReason == .exit
                ? process.terminationStatus : 128 + process.terminationStatus,
            output: String(decoding: try TestFile.bytes(of: files.output), as: UTF8.self),
            errors: String(decoding: try TestFile.bytes(of: files.errors), as: UTF8.self))
    }
}
