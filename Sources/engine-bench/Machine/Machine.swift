import Basics
import Foundation
import Inference

/// The machine and the programs that were measured.
struct Machine {
    let processor: String
    let processorCount: Int
    let threads: Int
    let memoryBytes: Int
    let instructionSet: String
    /// Names and versions, in this order.
    private(set) var versions: [(name: String, version: String)]

    init(threads: Int, root: String, peerVersions: JSON?) {
        let lines = ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")
            .split(separator: "\n")
        func field(_ name: String) -> String? {
            lines.first { $0.hasPrefix(name) }?.split(separator: ":").last.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
        let model = field("model name") ?? "unknown processor"
        let family = field("cpu family").map { " family \($0)" } ?? ""
        let number = field("model\t").map { " model \($0)" } ?? ""
        processor = model + family + number
        processorCount = ProcessInfo.processInfo.activeProcessorCount
        memoryBytes = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        self.threads = threads
        instructionSet = Engine.bestInstructionSet
        let revision = Program.output(["git", "-C", root, "describe", "--always", "--dirty"])
        let swift = Program.output(["swift", "--version"])
        versions = [
            ("tandem", revision ?? "unknown revision"),
            ("swift", swift?.split(separator: "\n").first.map(String.init) ?? "unknown"),
        ]
        add(peerVersions)
    }

    /// Adds what a peer says about its versions.
    mutating func add(_ peerVersions: JSON?) {
        for member in peerVersions?.object?.members ?? [] {
            if let version = member.value.string { versions.append((member.key, version)) }
        }
    }

    var json: JSON {
        var object = JSONObject()
        for entry in versions { object[entry.name] = .string(entry.version) }
        return [
            "processor": .string(processor), "processors": .integer(processorCount),
            "threads": .integer(threads), "memory_bytes": .integer(memoryBytes),
            "instruction_set": .string(instructionSet), "versions": .object(object),
        ]
    }
}
