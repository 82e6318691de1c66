import Inference
import Testing

struct SamplerTests {
    @Test func aPenaltyMayOverflowALogit() {
        #expect(Sampler.mostProbable([1, -.infinity, 3, 3]) == 2)
        let settings = SamplingSettings(repetitionPenalty: 1e-30)
        #expect(Sampler(settings).next(logits: [1, 1e20, 1e30], context: [1]) == 1)
    }
}
