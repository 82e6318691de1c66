import Basics
import Foundation

/// llama.cpp in a process of its own that answers one request at a time, so that it takes turns with
/// Tandem: `scripts/peers/llama_cpp_server.py`.
final class LlamaCpp {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private var unread: [UInt8] = []

    /// - Throws: `notFound` when the peers' Python cannot be started.
    init(_ peers: PeerFolder, script: String) throws {
        process.executableURL = URL(fileURLWithPath: peers.python)
        process.arguments = [script]
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw TandemError(.notFound, "cannot start \(peers.python): \(error)")
        }
    }

    deinit {
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var processID: pid_t { process.processIdentifier }

    func versions() throws -> JSON { try ask(["do": "versions"]) }

    func load(_ path: String, threads: Int) throws {
        _ = try ask(["do": "load", "model": .string(path), "threads": .integer(threads)])
    }

    /// Seconds that one run of `measure` takes.
    func run(_ measure: Measure) throws -> Double {
        let request: JSON =
            switch measure.peerMeasure {
            case .prefill: ["do": "prefill", "tokens": .integer(Measure.prompt)]
            case .decodeAfter:
                [
                    "do": "continue", "context": .integer(Measure.longContext),
                    "tokens": .integer(Measure.longSteps),
                ]
            case .decodeOne, .decodePair, .decodeFour:
                ["do": "decode", "tokens": .integer(Measure.shortSteps)]
            }
        // Its threads spin for some milliseconds after an answer, and would take Tandem's time.
        defer { usleep(20_000) }
        return try ask(request)["seconds"]?.double ?? 0
    }

    /// Writes every matrix of a GGUF file in another type.
    func quantize(_ source: String, to target: String, type: String) throws {
        _ = try ask([
            "do": "quantize", "from": .string(source), "to": .string(target),
            "type": .string(type),
        ])
    }

    private func ask(_ request: JSON) throws -> JSON {
        try requests.fileHandleForWriting.write(contentsOf: Data((request.text + "\n").utf8))
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = Array(unread[..<end])
                unread.removeFirst(end + 1)
                let answer = try JSON.parse(line, file: "llama_cpp_server.py")
                if let message = answer["error"]?.string {
                    throw TandemError(.inputOutput, "llama.cpp: \(message)")
                }
                return answer
            }
            let data = answers.fileHandleForReading.availableData
            if data.isEmpty {
                throw TandemError(
                    .inputOutput, "llama.cpp's process ended without an answer",
                    remedy: "start scripts/peers/llama_cpp_server.py by hand to see why")
            }
            unread += data
        }
    }
}
