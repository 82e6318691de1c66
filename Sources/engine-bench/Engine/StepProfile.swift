import Basics
import Inference

/// Where the time of decoding one variant goes, in milliseconds a token.
struct StepProfile {
    /// In the order of time spent, the largest first.
    let parts: [(name: String, milliseconds: Double)]
    let total: Double

    init(_ engine: EngineUnderTest, _ numerics: Numerics) throws {
        let stepper = engine.stepper
        let clock = PhaseClock()
        let timeline = Timeline(stepper.engine, numerics: numerics)
        try stepper.sync([(timeline, (0..<8).map { Int32($0) })])
        stepper.clock = clock
        defer { stepper.clock = nil }
        var sampling = 0.0
        let steps = Measure.shortSteps
        let total = try Stopwatch.seconds {
            for _ in 0..<steps {
                var token: Int32 = 0
                sampling += Stopwatch.seconds { token = Sampler.mostProbable(timeline.logits) }
                try stepper.step([(timeline, token)])
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
        return ["milliseconds_per_token": .number(total), "parts": .object(object)]
    }
}
