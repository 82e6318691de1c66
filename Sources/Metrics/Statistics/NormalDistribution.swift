import Glibc

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a value up to `z`.
    package static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// The value below which a share of `probability` lies; infinite at 0 and 1.
    ///
    /// Abramowitz and Stegun 26.2.23, refined by Halley's method: its error of 4.5e-4 becomes one of
    /// rounding after three steps.
    package static func quantile(_ probability: Double) -> Double {
        if probability <= 0 { return -.infinity }
        if probability >= 1 { return .infinity }
        if probability > 0.5 { return -quantile(1 - probability) }
        let t = (-2 * log(probability)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var z = numerator / denominator - t
        for _ in 0..<3 {
            let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
            let step = (cumulative(z) - probability) / density
            z -= step / (1 + z * step / 2)
        }
        return z
    }
}
