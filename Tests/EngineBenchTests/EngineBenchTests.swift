import Basics
import Foundation
import TestSupport
import Testing

import enum PseudoTerminal.BuiltProgram

/// The bench, as `scripts/bench` starts it, on a model that takes no time.
struct EngineBenchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try TinyLlama(contextLength: 8192).writeGGUF(to: folder("tiny.gguf"), .q8_0)
        let targets = [
            "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj",
        ]
        try TinyAdapter(for: TinyLlama(), rank: 4, targets: targets).write(to: folder("lora"))
    }

    private func bench(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: try #require(BuiltProgram.path("engine-bench")))
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test func everyMeasureIsPrintedAndWrittenAsJSON() throws {
        let result = try bench([
            "--model", folder("tiny.gguf"), "--adapter", folder("lora"), "--no-peers", "--parts",
            "rates", "--runs", "3", "--json", folder("bench.json"),
        ])
        try #require(result.status == 0)
        let report = try JSON.parse(TestFile.bytes(of: folder("bench.json")))
        let model = try #require(report["models"]?.array?.first)
        let rates = try #require(model["rates"]?.array)
        let measures = [
            "decode_one", "decode_pair", "decode_four", "prefill", "decode_after",
        ]
        for numerics in ["exact", "fast"] {
            let own = rates.filter { $0["numerics"]?.string == numerics }
            #expect(own.compactMap { $0["measure"]?.string } == measures)
        }
        for rate in rates {
            let runs = try #require(rate["runs"]?.array).compactMap(\.double).sorted()
            #expect(runs.count == 3 && rate["tokens_per_second"]?.double == runs[1])
            let (limit, share) = (rate["limit"]?.double, rate["share_of_limit"]?.double)
            #expect(try #require(limit) > 0)
            #expect(abs(try #require(share) * #require(limit) / runs[1] - 1) < 1e-9)
        }
        for title in ["decode, one variant", "base + 3 adapters, summed", "products", "head"] {
            #expect(result.output.contains(title))
        }
    }

    @Test func unknownPartsAndTypesAreRefused() throws {
        #expect(try bench(["--parts", "speed"]).status == 64)
        #expect(try bench(["--no-peers", "--types", "Q9_9"]).status == 1)
    }
}
