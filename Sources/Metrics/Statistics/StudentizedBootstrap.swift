/// The bootstrap of t, for differences that are skewed: there the signs are not exchangeable, and the
/// permutation test finds differences too often in small samples.
///
/// B. Efron, "Nonparametric standard errors and confidence intervals", Canad. J. Statist. 9 (1981);
/// P. Hall, "Theoretical comparison of bootstrap confidence intervals", Ann. Statist. 16 (1988).
enum StudentizedBootstrap {
    /// The two-sided p value of a mean of 0: twice the smaller share of resamples whose t lies at
    /// least as far out on one side. Nil for fewer than two units.
    static func p(_ sample: Sample, _ resamples: Resamples) -> Double? {
        guard sample.unitCount > 1, let mean = sample.mean else { return nil }
        var moments = Resamples.Moments()
        for (sum, count) in zip(sample.unitSums, sample.unitCounts) {
            moments.add(sum, Double(count))
        }
        let observed = Resamples.t(sum: moments.sum, squares: moments.squares(about: mean))
        let above = resamples.studentized.count { $0 >= observed }
        let below = resamples.studentized.count { $0 <= observed }
        return min(1, 2 * Double(1 + min(above, below)) / Double(Resamples.count + 1))
    }
}
