import Basics
import Foundation

/// Programs that are started and waited for.
enum Program {
    /// What `command` prints, without white space around it; nil when it fails.
    static func output(_ command: [String]) -> String? {
        guard let (status, text) = try? run(command, showsErrors: false), status == 0 else {
            return nil
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs `command` with `input` as its standard input.
    /// - Parameter showsErrors: whether its standard error is this program's.
    /// - Throws: `notFound` when it cannot be started.
    static func run(_ command: [String], input: String = "", showsErrors: Bool = true) throws -> (
        status: Int32, output: String
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        if !showsErrors { process.standardError = FileHandle.nullDevice }
        do {
            try process.run()
        } catch {
            throw TandemError(.notFound, "cannot start \(command[0]): \(error)")
        }
        // Smaller than a pipe's buffer, so writing does not wait for the reader.
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
