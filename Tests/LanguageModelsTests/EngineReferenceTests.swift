import Basics
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// The engine's logits are transformers' and peft's, in f32, on the same dequantised weights.
/// Recorded by `scripts/references/record_greedy.py`.
@Suite(.enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"))
struct EngineReferenceTests {
    private let logits: JSON
    private let stepper: Stepper
    private let workers: Workers

    init() throws {
        logits = try References.read("logits.json")
        workers = try Workers()
        let file = try ModelFile.open(path: Demo.modelPath)
        stepper = try Stepper(Engine(file, workers: workers), workers: workers)
    }

    private func timeline(_ variant: String) throws -> Timeline {
        if variant == "base" { return Timeline(stepper.engine) }
        let file = try AdapterFile.open(path: Demo.adapterPath)
        return Timeline(
            stepper.engine, adapter: try Adapter(file, for: stepper.engine, workers: workers))
    }

    @Test(arguments: ["base", "tuned"])
    func logitsOfALongPromptAreTheSame(_ variant: String) throws {
        let ids = try #require(logits["ids"]?.array).compactMap(\.integer).map(Int32.init)
        let reference = try #require(
            logits["variants"]?.array?.first { $0["variant"]?.string == variant })
        let timeline = try timeline(variant)
        var largest = 0.0
        let positions = try #require(reference["positions"]?.array)
        #expect(positions.count == ids.count)
        for position in positions {
            let last = try #require(position["position"]?.integer)
            try stepper.sync([(timeline, Array(ids[...last]))])
            let values = try #require(position["logits"]?.array).compactMap(\.double)
            let tokens = try #require(position["ids"]?.array).compactMap(\.integer)
            for (token, value) in zip(tokens, values) {
                largest = max(largest, abs(Double(timeline.logits[token]) - value))
            }
            let sum = timeline.logits.reduce(0.0) { $0 + exp(Double($1) - values[0]) }
            let wanted = try #require(position["logSumExp"]?.double)
            largest = max(largest, abs(log(sum) + values[0] - wanted))
        }
        print("\(variant): largest difference of a logit \(largest)")
        #expect(largest <= 2e-3)
    }
}
