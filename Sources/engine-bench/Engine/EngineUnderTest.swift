import Basics
import Inference
import ModelFiles

/// A loaded model with three adapters, and the runs that are timed.
final class EngineUnderTest {
    let stepper: Stepper
    let adapters: [Adapter]
    let file: ModelFile
    let loadSeconds: Double
    /// Timelines that hold `Measure.longContext` tokens.
    private var long: [Numerics: Timeline] = [:]

    /// - Parameter adapterPath: loaded three times, as three fine-tunes would be; nil for none.
    init(modelPath: String, adapterPath: String?, workers: Workers) throws {
        let start = ContinuousClock.now
        file = try ModelFile.open(path: modelPath)
        let engine = try Engine(file, workers: workers)
        loadSeconds = start.duration(to: .now) / .seconds(1)
        stepper = Stepper(engine, workers: workers)
        adapters =
            try adapterPath.map { path in
                try (0..<3).map { _ in
                    try Adapter(AdapterFile.open(path: path), for: engine, workers: workers)
                }
            } ?? []
    }

    func canRun(_ measure: Measure) -> Bool {
        measure.variantCount - 1 <= adapters.count
            && stepper.engine.configuration.contextLength
                >= (measure == .decodeAfter ? Measure.longContext + Measure.longSteps : 0)
    }

    /// Seconds that one run of `measure` takes.
    func run(_ measure: Measure, _ numerics: Numerics) throws -> Double {
        switch measure {
        case .decodeOne, .decodePair, .decodeFour:
            let timelines = timelines(measure.variantCount, numerics)
            try stepper.sync(timelines.map { ($0, tokens(Measure.shortContext)) })
            return try decode(timelines, steps: Measure.shortSteps)
        case .prefill:
            let timeline = Timeline(stepper.engine, numerics: numerics)
            return try Stopwatch.seconds { try stepper.sync([(timeline, tokens(Measure.prompt))]) }
        case .decodeAfter:
            let timeline = long[numerics] ?? Timeline(stepper.engine, numerics: numerics)
            long[numerics] = timeline
            try stepper.sync([(timeline, tokens(Measure.longContext))])
            return try decode([timeline], steps: Measure.longSteps)
        }
    }

    /// New timelines of the base and of adapters.
    func timelines(_ count: Int, _ numerics: Numerics) -> [Timeline] {
        ([nil] + adapters.prefix(count - 1).map(Optional.some)).map {
            Timeline(stepper.engine, adapter: $0, numerics: numerics)
        }
    }

    private func decode(_ timelines: [Timeline], steps: Int) throws -> Double {
        try Stopwatch.seconds {
            for _ in 0..<steps {
                try stepper.step(timelines.map { ($0, Sampler.mostProbable($0.logits)) })
            }
        }
    }

    /// Tokens drawn by counter, the same for every run.
    func tokens(_ count: Int) -> [Int32] {
        let random = CounterRandom(seed: 0, stream: 0)
        let size = Double(stepper.engine.configuration.vocabularySize)
        return (0..<count).map { Int32(random.unit(at: UInt64($0)) * size) }
    }
}
