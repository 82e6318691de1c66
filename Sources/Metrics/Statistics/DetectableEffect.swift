import Glibc

/// What a sample of this size can tell.
public enum DetectableEffect {
    /// How many standard errors a true difference must have to be found in 80 % of samples at a level
    /// of 5 %: z(0.975) + z(0.8) = 2.80.
    public static let standardErrors =
        NormalDistribution.quantile(0.975) + NormalDistribution.quantile(0.8)

    /// The smallest true difference that would be found in 80 % of such samples (MDE).
    public static func smallest(standardError: Double) -> Double {
        standardErrors * standardError
    }

    /// How many more items of the same kind would make `effect` the smallest detectable one.
    /// - Returns: 0 where it is already; nil where no number of items would do, or the spread is not
    ///   known.
    public static func itemsMissing(
        effect: Double, standardError: Double, count: Int
    ) -> Int? {
        guard effect != 0, standardError > 0 else { return nil }
        let factor = smallest(standardError: standardError) / effect
        let needed = (Double(count) * factor * factor).rounded(.up)
        return needed < 1e15 ? max(0, Int(needed) - count) : nil
    }
}
