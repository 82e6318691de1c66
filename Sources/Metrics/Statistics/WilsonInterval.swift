/// Wilson's score interval of a proportion.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
/// (1927): (p̂ + z²/2n ± z√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n). It has a width for 0 and n of n too.
public enum WilsonInterval {
    /// - Returns: nil for no items.
    public static func interval(
        successes: Int, of count: Int, confidence: Double = 0.95
    ) -> ClosedRange<Double>? {
        if count <= 0 { return nil }
        let z = -NormalDistribution.quantile((1 - confidence) / 2)
        let n = Double(count)
        let share = Double(successes) / n
        let centre = share + z * z / (2 * n)
        let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return max(0, (centre - reach) / scale)...min(1, (centre + reach) / scale)
    }
}
