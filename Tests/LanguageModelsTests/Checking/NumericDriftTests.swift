import Foundation
import Inference
import LanguageModels
import ModelFiles
import TestSupport
import Testing

struct NumericDriftTests {
    /// Probabilities ¼ and ¾ beside ½ and ½, worked out by hand.
    @Test func aDistanceIsTheTextbooks() {
        var distance = LogitDistance()
        distance.add([0, Float(log(3.0))], [0, 0])
        #expect(distance.count == 1)
        #expect(abs(distance.largest - log(3)) < 1e-6)
        #expect(abs(distance.mean - log(3) / 2) < 1e-6)
        #expect(abs(distance.divergence - (0.25 * log(0.5) + 0.75 * log(1.5))) < 1e-6)
        #expect(abs(distance.choice - log(1.5)) < 1e-6)
        // Equal logits: the lowest id is chosen, which is not the first's choice.
        #expect(distance.sameChoices == 0)

        distance.add([5, 1, 1], [7, 3, 3])
        #expect(distance.count == 2 && distance.sameChoices == 1)
        #expect(abs(distance.largest - 2) < 1e-6)
        #expect(abs(distance.choice - log(1.5) / 2) < 1e-6, "a shift of all logits is no change")
    }

    /// Exact beside exact: the followers see the same tokens at the same positions.
    @Test func theSameArithmeticHasNoDistance() throws {
        let folder = try TemporaryFolder()
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"), .q8_0)
        let workers = try Workers(count: 2)
        let engine = try Engine(ModelFile.open(path: folder("tiny.gguf")), workers: workers)
        let drift = try NumericDrift(
            "base", Stepper(engine, workers: workers), adapter: nil,
            prompts: [[1, 70, 71], [1, 300], [1, 80, 81, 82, 83]], endTokens: [], other: .exact)
        #expect(drift.distance.count == 3 * NumericDrift.textLength)
        #expect(drift.distance.largest == 0 && drift.distance.divergence < 1e-12)
        #expect(drift.distance.sameChoices == drift.distance.count)
        #expect(drift.sameTextCount == 3 && drift.commonTokens.isEmpty)
    }
}
