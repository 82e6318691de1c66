import Basics
import Foundation
import PseudoTerminal

/// The shell with a base and an adapter, as a person opens it.
struct ShellFigures {
    /// Seconds from the command line to the prompt: the first time, with nothing kept from before,
    /// and the median of later times.
    let firstStart: Double
    let start: Double
    /// Processor seconds used while the shell waits at the prompt for two seconds.
    let idleProcessorSeconds: Double
    /// Bytes after one answer: resident, the most ever, and the part that no file backs.
    let resident, peak, own: Int
    /// Bytes of the model's and the adapter's files.
    let fileBytes: Int

    /// - Throws: when the shell does not start or does not answer.
    init(program: String, modelPath: String, adapterPath: String, threads: Int, runs: Int) throws {
        let folder =
            FileManager.default.temporaryDirectory.path
            + "/tandem-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = folder + "/open.tandem"
        try """
        /load "\(modelPath)" as base
        /adapter "\(adapterPath)" --on base as tuned
        /set max_tokens 32
        """.write(toFile: script, atomically: true, encoding: .utf8)
        func open() throws -> (session: TerminalSession, seconds: Double) {
            let began = ContinuousClock.now
            let session = try TerminalSession(
                program,
                ["shell", "--no-config", "--threads", "\(threads)", "--source", script],
                environment: ["HOME": folder], columns: 100, rows: 40)
            try Self.waitForPrompt(session)
            return (session, began.duration(to: .now) / .seconds(1))
        }
        firstStart = try open().seconds
        start = Stopwatch.median(try (0..<runs).map { _ in try open().seconds })

        let session = try open().session
        session.settle()
        let before = ProcessorTime.seconds(of: session.process)
        usleep(2_000_000)
        idleProcessorSeconds = ProcessorTime.seconds(of: session.process) - before
        try session.type("/complete The harbour at night\r")
        // The prompt is redrawn when the answers are complete.
        try session.wait(for: "an answer", seconds: 60) {
            $0.screen.text.contains("tokens/s")
        }
        try Self.waitForPrompt(session)
        let memory = Self.memory(session.process)
        (resident, peak, own) = (memory["VmRSS"] ?? 0, memory["VmHWM"] ?? 0, memory["RssAnon"] ?? 0)
        fileBytes = Self.size(modelPath) + Self.size(adapterPath + "/adapter_model.safetensors")
    }

    private static func waitForPrompt(_ session: TerminalSession) throws {
        try session.waitForCursorLine("base|tuned>", seconds: 60)
    }

    /// The sizes in /proc/PID/status, in bytes.
    private static func memory(_ process: pid_t) -> [String: Int] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        var sizes: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" })
            if words.count == 3, words[2] == "kB", let size = Int(words[1]) {
                sizes[String(words[0])] = size * 1024
            }
        }
        return sizes
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    var json: JSON {
        [
            "first_start_s": .number(firstStart), "start_s": .number(start),
            "idle_processor_s": .number(idleProcessorSeconds), "resident_bytes": .integer(resident),
            "peak_bytes": .integer(peak), "own_bytes": .integer(own),
            "file_bytes": .integer(fileBytes),
        ]
    }
}
