import Glibc
import ModelFiles

/// The angles by which queries and keys are rotated, one for each pair of elements.
///
/// Su et al., "RoFormer", 2021; the `llama3` scaling as Llama 3.1 describes it.
struct RotaryFrequencies: Sendable {
    /// Radians a position, [headDimension / 2].
    let frequencies: [Float]

    init(_ configuration: LlamaConfiguration) {
        let dimension = configuration.headDimension
        var frequencies = (0..<dimension / 2).map { pair in
            1 / powf(configuration.ropeTheta, Float(2 * pair) / Float(dimension))
        }
        switch configuration.ropeScaling {
        case .none: break
        case .linear(let factor):
            frequencies = frequencies.map { $0 / factor }
        case .factors(let factors):
            for pair in frequencies.indices where pair < factors.count {
                frequencies[pair] /= factors[pair]
            }
        case .llama3(let factor, let low, let high, let originalContextLength):
            frequencies = frequencies.map { frequency in
                let wavelength = 2 * Float.pi / frequency
                let context = Float(originalContextLength)
                if wavelength < context / high { return frequency }
                if wavelength > context / low { return frequency / factor }
                let smooth = (context / wavelength - low) / (high - low)
                return (1 - smooth) * frequency / factor + smooth * frequency
            }
        }
        self.frequencies = frequencies
    }

    /// Cosines, then sines, of every pair at `position`: [headDimension].
    func write(position: Int, to output: UnsafeMutablePointer<Float>) {
        for (pair, frequency) in frequencies.enumerated() {
            let angle = Float(position) * frequency
            output[pair] = cosf(angle)
            output[frequencies.count + pair] = sinf(angle)
        }
    }
}
