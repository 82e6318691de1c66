import Inference
import ModelFiles
import Testing

/// Timelines of different numerics in one call are computed apart: each as it is alone.
struct MixedNumericsTests {
    @Test(arguments: [TensorType.q4_1, .bf16])
    func neighboursOfOtherNumericsChangeNothing(_ type: TensorType) throws {
        let tiny = try TinyEngine(TinyFiles(type))
        let tokens = TinyFiles.tokens(4, 60)
        func logits(_ numerics: [Numerics]) throws -> [[Float]] {
            let timelines = numerics.map { tiny.timeline(1, $0) }
            try tiny.stepper.sync(timelines.map { ($0, tokens) })
            try tiny.stepper.step(timelines.map { ($0, tokens[0]) })
            return timelines.map(\.logits)
        }
        let alone = try Numerics.all.map { try logits([$0])[0] }
        #expect(try logits(Numerics.all) == alone)
        // Otherwise the comparison would show nothing.
        #expect(Set(alone).count == Numerics.all.count)
    }
}
