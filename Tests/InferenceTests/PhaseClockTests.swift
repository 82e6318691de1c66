import Inference
import ModelFiles
import TestSupport
import Testing

struct PhaseClockTests {
    /// A clock counts every phase, no time twice, and changes no bit.
    @Test func aClockCountsEveryPhaseAndChangesNothing() throws {
        let folder = try TemporaryFolder()
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"), .q8_0)
        let workers = try Workers(count: 2)
        let engine = try Engine(ModelFile.open(path: folder("tiny.gguf")), workers: workers)
        func logits(_ clock: PhaseClock?) throws -> [Float] {
            let stepper = Stepper(engine, workers: workers)
            stepper.clock = clock
            let timeline = Timeline(engine)
            try stepper.sync([(timeline, (0..<40).map { Int32($0) })])
            return timeline.logits
        }
        let clock = PhaseClock()
        let start = ContinuousClock.now
        let timed = try logits(clock)
        let elapsed = start.duration(to: .now) / .seconds(1)
        #expect(try timed == logits(nil))
        let phases = PhaseClock.Phase.allCases
        for phase in phases where phase != .adapters {
            #expect(clock.seconds(phase) > 0, "\(phase)")
        }
        #expect(clock.seconds(.adapters) == 0)
        #expect(phases.reduce(0) { $0 + clock.seconds($1) } <= elapsed)
    }
}
