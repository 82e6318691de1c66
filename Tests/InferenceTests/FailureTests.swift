import Basics
import Inference
import ModelFiles
import TestSupport
import Testing

/// Weights are finite when they are loaded; what they give may still overflow.
struct FailureTests {
    private let folder: TemporaryFolder
    private let workers: Workers

    init() throws {
        folder = try TemporaryFolder()
        workers = try Workers(count: 2)
    }

    /// A model of which one tensor has other values.
    private func stepper(
        _ which: LlamaTensor, _ change: (inout [Float]) -> Void
    ) throws -> Stepper {
        let model = TinyLlama(layerCount: 3)
        var writer = model.gguf()
        var values = model.values(of: which)
        change(&values)
        writer.removeTensor(which.ggufName)
        writer.add(which.ggufName, .f32, shape: which.shape(in: model.configuration), values)
        try TestFile.write(writer.bytes(), to: folder("changed.gguf"))
        let file = try ModelFile.open(path: folder("changed.gguf"))
        return Stepper(try Engine(file, workers: workers), workers: workers)
    }

    /// Of many tokens, the last layer computes keys and values, and the rest for the last one only.
    @Test(
        arguments: [
            (LlamaTensor.value(0), "layer 0's value"),
            (.query(2), "layer 2's query"),
            (.value(2), "layer 2's value"),
            (.attentionOutput(1), "layer 1's attention output"),
            (.up(1), "layer 1's feed-forward input"),
            (.down(2), "layer 2's feed-forward output"),
        ], [3, 40])
    func theLayerIsNamed(_ tensor: (which: LlamaTensor, name: String), _ count: Int32) throws {
        let (which, name) = tensor
        let stepper = try stepper(which) { values in
            values = values.map { $0 < 0 ? -3e38 : 3e38 }
        }
        let timeline = Timeline(stepper.engine)
        let error = #expect(throws: TandemError.self) {
            try stepper.sync([(timeline, Array(1...count))])
        }
        #expect(error?.code == .numeric)
        #expect(error?.message.hasPrefix(name + " is not finite") == true, "\(error)")
        #expect(timeline.tokens.isEmpty && timeline.logits.isEmpty)
    }

    @Test func theOutputMatrixIsNamed() throws {
        let stepper = try stepper(.outputNorm) { values in values = values.map { $0 * 2.8e38 } }
        let error = #expect(throws: TandemError.self) {
            try stepper.sync([(Timeline(stepper.engine), [1, 2, 3])])
        }
        #expect(error?.message.contains("logits") == true && error?.code == .numeric)
    }

    @Test func theAdapterIsNamed() throws {
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model, rank: 1, alpha: 3e38, targets: ["q_proj"])
            .write(to: folder("lora"))
        let engine = try Engine(ModelFile.open(path: folder("tiny.gguf")), workers: workers)
        let adapter = try Adapter(
            AdapterFile.open(path: folder("lora")), for: engine, workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let base = Timeline(engine)
        try stepper.sync([(base, [1, 2])])
        let tuned = Timeline(engine, adapter: adapter)
        let error = #expect(throws: TandemError.self) {
            try stepper.sync([(base, [1, 2, 3]), (tuned, [1, 2, 3])])
        }
        #expect(error?.file == folder("lora"))
        #expect(error?.message.hasPrefix("the adapter's part of layer 0's query") == true)
        #expect(base.tokens == [1, 2] && tuned.tokens.isEmpty)
    }

    private func overflowingAtSeven() throws -> Stepper {
        try TestFile.write(TinyLlama().gguf(overflowingAt: 7).bytes(), to: folder("seven.gguf"))
        let file = try ModelFile.open(path: folder("seven.gguf"))
        return Stepper(try Engine(file, workers: workers), workers: workers)
    }

    /// What a failed pass wrote behind a timeline's tokens does not reach later ones.
    @Test func aTimelineGoesOnAfterAFailure() throws {
        let stepper = try overflowingAtSeven()
        let start = [Int32](repeating: 5, count: 20)
        let timeline = Timeline(stepper.engine)
        try stepper.sync([(timeline, start)])
        let logits = timeline.logits
        let other = Timeline(stepper.engine)
        for failing in [[7, 8, 9], [6, 6, 7, 8]] as [[Int32]] {
            let error = #expect(throws: TandemError.self) {
                try stepper.sync([(timeline, start + failing), (other, [1, 2, 3])])
            }
            let place = 21 + (failing.firstIndex(of: 7) ?? 0)
            #expect(
                error?.message == "layer 0's feed-forward input is not finite at token \(place)")
        }
        #expect(throws: TandemError.self) { try stepper.step([(timeline, 7)]) }
        #expect(throws: TandemError.self) {
            try stepper.score([
                ScoringTask(timeline, prefix: start, continuations: [[1, 7, 3], [4, 4]])
            ])
        }
        #expect(timeline.tokens == start && timeline.logits == logits)
        #expect(other.tokens.isEmpty)
        try stepper.step([(timeline, 4)])
        let fresh = Timeline(stepper.engine)
        try stepper.sync([(fresh, start + [4])])
        #expect(timeline.logits == fresh.logits)
    }

    /// A pass without logits ends with the last layer's keys and values, which later tokens read.
    @Test func badKeysAreNotKept() throws {
        let stepper = try stepper(.key(2)) { values in values = values.map { $0 < 0 ? -3e38 : 3e38 }
        }
        let timeline = Timeline(stepper.engine)
        let tokens = [Int32](repeating: 5, count: 600)
        let error = #expect(throws: TandemError.self) { try stepper.sync([(timeline, tokens)]) }
        #expect(error?.message.hasPrefix("layer 2's key is not finite at token 1") == true)
        #expect(timeline.tokens.isEmpty)
    }

    /// The token is found in the pass that computes it, long before logits are wanted.
    @Test func aFailureFarFromTheLogitsIsFound() throws {
        let stepper = try overflowingAtSeven()
        let timeline = Timeline(stepper.engine)
        var tokens = [Int32](repeating: 5, count: 600)
        tokens[560] = 7
        let error = #expect(throws: TandemError.self) { try stepper.sync([(timeline, tokens)]) }
        #expect(error?.message == "layer 0's feed-forward input is not finite at token 561")
        #expect(timeline.tokens == Array(tokens.prefix(Stepper.rowLimit)))
        try stepper.sync([(timeline, Array(tokens.prefix(Stepper.rowLimit + 1)))])
        let fresh = Timeline(stepper.engine)
        try stepper.sync([(fresh, Array(tokens.prefix(Stepper.rowLimit + 1)))])
        #expect(timeline.logits == fresh.logits)
    }
}
