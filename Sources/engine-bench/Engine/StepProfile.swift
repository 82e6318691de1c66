import Basics
import Inference

/// Where the time of a measure's steps goes, in milliseconds a step (or a whole prompt).
struct StepProfile {
    let measure: Measure
    let numerics: Numerics
    /// In the order of time spent, the largest first.
    let parts: [(name: String, milliseconds: Double)]
    let total: Double

    init(_ engine: EngineUnderTest, _ measure: Measure, _ numerics: Numerics) throws {
        self.measure = measure
        self.numerics = numerics
        let stepper = engine.stepper
        let clock = PhaseClock()
        let timelines = engine.timelines(measure.variantCount, numerics)
        if measure != .prefill {
            try stepper.sync(timelines.map { ($0, engine.tokens(Measure.shortContext)) })
        }
        stepper.clock = clock
        defer { stepper.clock = nil }
        var sampling = 0.0
        let steps = measure == .prefill ? 1 : Measure.shortSteps
        let total = try Stopwatch.seconds {
            if measure == .prefill {
                try stepper.sync([(timelines[0], engine.tokens(Measure.prompt))])
                return
            }
            for _ in 0..<steps {
                var next: [Int32] = []
                sampling += Stopwatch.seconds {
                    next = timelines.map { Sampler.mostProbable($0.logits) }
                }
                try stepper.step(Array(zip(timelines, next)))
            }
        }
        var parts = PhaseClock.Phase.allCases.map { (Self.name($0), clock.seconds($0)) }
        parts.append(("sampling", sampling))
        let known = parts.reduce(0) { $0 + $1.1 }
        parts.append(("checking and copying logits, set-up", max(0, total - known)))
        let scale = 1000 / Double(steps)
        self.total = total * scale
        self.parts =
            parts.filter { $0.1 > 0 }.map { ($0.0, $0.1 * scale) }.sorted { $0.1 > $1.1 }
    }

    private static func name(_ phase: PhaseClock.Phase) -> String {
        switch phase {
        case .elementWise: "norms, activations, sums"
        case .products: "products"
        case .adapters: "adapters"
        case .attention: "attention"
        case .head: "head"
        case .waiting: "waiting for other threads"
        }
    }

    var json: JSON {
        var object = JSONObject()
        for part in parts { object[part.name] = .number(part.milliseconds) }
        return [
            "measure": .string(measure.rawValue), "numerics": .string(numerics.label),
            "milliseconds_per_step": .number(total), "parts": .object(object),
        ]
    }
}
