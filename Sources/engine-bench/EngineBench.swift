import ArgumentParser
import Basics
import Foundation
import Inference
import ModelFiles

@main
struct EngineBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine-bench",
        abstract: "Measures Tandem on this machine, in turns with llama.cpp and transformers.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        /// Decoding and prefill of the engine.
        case rates
        /// Start, memory and idling of the shell.
        case shell
        /// Whole programs, beside transformers with peft.
        case process
    }

    @Option(help: "The folder of this package.") var root = "."
    @Option(help: "Types of the demo model's files, with commas.")
    var types = BenchModel.usualTypes.joined(separator: ",")
    @Option(help: "Parts to measure, with commas: rates, shell, process.")
    var parts = "rates,shell,process"
    @Flag(help: "The model of 1.1 billion parameters too; it is written the first time (2.2 GB).")
    var large = false
    @Option(help: "One model, instead of the demo's files.") var model: String?
    @Option(help: "An adapter for --model.") var adapter: String?
    @Option(help: "Timed runs of each measure.") var runs = 5
    @Option(help: "Threads that compute, of both sides.") var threads: Int?
    @Option(help: "f32 or f16.") var cache: Numerics.CacheType = .f32
    @Flag(help: "Tandem alone.") var noPeers = false
    @Option(help: "Where the figures go as JSON.") var json: String?

    mutating func validate() throws {
        for part in parts.split(separator: ",") where Part(rawValue: String(part)) == nil {
            throw ValidationError("--parts takes rates, shell, process; not \(part)")
        }
        if runs < 1 { throw ValidationError("--runs takes a number from 1") }
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads takes a number from 1 to 64")
        }
    }

    func run() throws {
        // A peer that ends early is an error to report, not the end of this program.
        signal(SIGPIPE, SIG_IGN)
        let peers = PeerFolder()
        let hasPeers = !noPeers && peers.hasPython
        if !noPeers, !hasPeers { note("no peers in \(peers.path): Tandem alone") }
        let workers = try Workers(count: threads)
        let llamaCpp =
            hasPeers && includes(.rates)
            ? try LlamaCpp(peers, script: root + "/scripts/peers/llama_cpp_server.py") : nil
        let models = try chosenModels(peers, llamaCpp: llamaCpp)
        note("the machine's limits")
        let reader = try MemoryReader()
        var limits = MachineLimits()
        limits.observe(workers, reader)
        var report = BenchReport(
            machine: Machine(
                threads: workers.count, root: root, peerVersions: try llamaCpp?.versions()),
            limits: limits, costs: WorkerCosts(workers))
        if includes(.rates) {
            for model in models {
                note(model.title)
                let rates = try ModelRates(
                    model, workers: workers, reader: reader, cache: cache, runs: runs,
                    llamaCpp: llamaCpp)
                report.limits.merge(rates.limits)
                report.models.append(rates)
            }
        }
        let program = root + "/.build/release/tandem"
        if includes(.shell) {
            for model in models {
                guard let adapterPath = model.adapterPath else { continue }
                note("the shell with \(model.title)")
                report.shell.append(
                    (
                        model.title,
                        try ShellFigures(
                            program: program, modelPath: model.path, adapterPath: adapterPath,
                            threads: workers.count, runs: runs)
                    ))
            }
        }
        if includes(.process), model == nil, peers.has("smollm2-bf16.gguf") {
            note("whole programs")
            report.wholeProcess = try WholeProcess(
                program: program, root: root, peers: peers, withPeer: hasPeers,
                threads: workers.count, runs: runs)
            report.machine.add(report.wholeProcess?.peerVersions)
        }
        let path = json ?? root + "/.build/bench.json"
        try (report.json.text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        print(report.text)
        note("the same as JSON: \(path)")
    }

    private func includes(_ part: Part) -> Bool {
        parts.split(separator: ",").contains { $0 == part.rawValue }
    }

    /// The models whose files are there; those that can be made are made.
    private func chosenModels(_ peers: PeerFolder, llamaCpp: LlamaCpp?) throws -> [BenchModel] {
        if let model {
            let type = try ModelFile.open(path: model).typeLabel
            return [BenchModel(path: model, adapterPath: adapter, type: type)]
        }
        let wanted = try types.split(separator: ",").map {
            try BenchModel(type: String($0), peers: peers)
        }
        let needsLarge = large || wanted.contains { $0.title.hasPrefix("1.1B") }
        if needsLarge, peers.hasPython {
            let result = try Program.run([
                peers.python, root + "/scripts/peers/make_1b.py", peers.model(""),
            ])
            if result.status != 0 {
                throw TandemError(.inputOutput, "make_1b.py ended with status \(result.status)")
            }
        }
        let models = wanted + (large ? [BenchModel(largeIn: peers)] : [])
        var found: [BenchModel] = []
        for model in models {
            if let llamaCpp { try write(model, peers, llamaCpp) }
            if FileManager.default.fileExists(atPath: model.path) {
                found.append(model)
            } else {
                note("left out: \(model.path) is not there")
            }
        }
        guard found.isEmpty else { return found }
        return try [demoModel()]
    }

    /// Writes a model's file, and before it the one that it is made of, where they are not there.
    private func write(_ model: BenchModel, _ peers: PeerFolder, _ llamaCpp: LlamaCpp) throws {
        guard !FileManager.default.fileExists(atPath: model.path), let source = model.sourcePath
        else { return }
        let halves = try BenchModel(type: "F16", peers: peers)
        if source == halves.path { try write(halves, peers, llamaCpp) }
        note("writing \(model.path)")
        try llamaCpp.quantize(source, to: model.path, type: model.type)
    }

    /// The demo model with the demo adapter, where no peer's files are.
    private func demoModel() throws -> BenchModel {
        let environment = ProcessInfo.processInfo.environment
        let data =
            environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["HOME"] ?? "") + "/.local/share"
        let path = data + "/tandem/models/SmolLM2-135M-Instruct.Q4_1.gguf"
        guard FileManager.default.fileExists(atPath: path) else {
            throw TandemError(
                .notFound, "no model to measure", file: path,
                remedy: "scripts/setup fetches the demo model; or give --model PATH")
        }
        return BenchModel(path: path, adapterPath: root + "/scripts/demo/adapter", type: "Q4_1")
    }

    private func note(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}

extension Numerics.CacheType: ExpressibleByArgument {}
