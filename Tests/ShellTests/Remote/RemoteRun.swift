import Foundation
import LoopbackServer
import TestSupport

/// A script run by the program in an environment of its own, beside a server of the test.
struct RemoteRun {
    let status: Int32
    let output: String
    let errors: String

    init(
        _ arguments: [String] = ["run", "-", "--json"], script: String,
        in folder: TestSupport.TemporaryFolder, environment: [String: String] = [:]
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: try BuiltTandem.path())
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = environment.merging(
            ["HOME": folder.path, "PATH": "/usr/bin:/bin"], uniquingKeysWith: { own, _ in own })
        let (stdin, stdout, stderr) = (Pipe(), folder(".out"), folder(".err"))
        for path in [stdout, stderr] { try TestFile.write("", to: path) }
        process.standardInput = stdin
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: stdout))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: stderr))
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(script.utf8))
        try stdin.fileHandleForWriting.close()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: try TestFile.bytes(of: stdout), as: UTF8.self)
        errors = String(decoding: try TestFile.bytes(of: stderr), as: UTF8.self)
    }
}
