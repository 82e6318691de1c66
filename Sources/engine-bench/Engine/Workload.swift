import Inference
import ModelFiles

/// What a run must at least do: bytes read, multiply-adds done. An adapter's multiply-adds are left
/// out (3 % of a model's for r = 16), and so are norms, rotations and exponentials.
struct Workload {
    /// Bytes of weights, adapters and cache.
    let bytes: Double
    /// Multiply-adds of activations with weights.
    let products: Double
    /// Multiply-adds of attention, always f32.
    let attention: Double

    init(_ measure: Measure, _ under: EngineUnderTest, _ numerics: Numerics) {
        let engine = under.stepper.engine
        let shape = engine.configuration
        let queries = shape.headCount * shape.headDimension
        let keys = shape.keyValueHeadCount * shape.headDimension
        let layer =
            shape.hiddenSize * (2 * queries + 2 * keys + 3 * shape.intermediateSize)
        let layers = Double(shape.layerCount * layer)
        let head = Double(shape.hiddenSize * shape.vocabularySize)
        let perPosition = Double(shape.layerCount * 2)
        let weights = Double(engine.bytesPerStep)
        switch measure {
        case .prefill:
            let count = Double(Measure.prompt)
            bytes = weights
            products = count * layers + head
            attention = count * count / 2 * perPosition * Double(queries)
        case .decodeOne, .decodePair, .decodeFour, .decodeAfter:
            let (context, steps) =
                measure == .decodeAfter
                ? (Measure.longContext, Measure.longSteps)
                : (Measure.shortContext, Measure.shortSteps)
            let rows = Double(measure.variantCount)
            let position = Double(context) + Double(steps) / 2
            let cached = perPosition * Double(keys) * (numerics.cache == .f32 ? 4 : 2)
            let adapters = under.adapters.prefix(measure.variantCount - 1)
                .reduce(0) { $0 + $1.byteCount }
            bytes = Double(steps) * (weights + Double(adapters) + rows * position * cached)
            products = Double(steps) * rows * (layers + head)
            attention = Double(steps) * rows * position * perPosition * Double(queries)
        }
    }

    /// The least time on a machine with these limits, in seconds, and what sets it.
    func limit(on limits: MachineLimits, _ numerics: Numerics, type: String) -> (
        seconds: Double, by: String
    ) {
        let rate = limits.productRate(numerics.arithmetic, type: type)
        let reading = bytes / limits.bandwidth
        let multiplying = products / rate + attention / limits.f32Rate
        return reading > multiplying ? (reading, "reading") : (multiplying, "multiplying")
    }
}
