import Glibc

/// BLEU as sacrebleu 2 computes it: case kept, exponential smoothing; 0 to 100.
///
/// Post, "A Call for Clarity in Reporting BLEU Scores", 2018. The k-th order without a match counts
/// 1 / 2^k matches. No match at all gives 0.
enum SacreBleu {
    /// - Parameter usesEffectiveOrder: whether an order for which the answer is too short ends the mean
    ///   (one sentence), or makes it 0 (a corpus).
    static func score(_ counts: BleuCounts, usesEffectiveOrder: Bool) -> Double {
        guard counts.matches.max() > 0 else { return 0 }
        var (logarithms, orders, smoothing) = (0.0, 0, 1.0)
        for order in 0..<BleuCounts.orders where counts.totals[order] > 0 {
            let (matches, total) = (counts.matches[order], counts.totals[order])
            orders += 1
            if matches == 0 { smoothing *= 2 }
            logarithms += log(100 * (matches == 0 ? 1 / smoothing : matches) / total)
        }
        if orders < BleuCounts.orders, !usesEffectiveOrder { return 0 }
        let penalty =
            counts.length < counts.referenceLength
            ? exp(1 - counts.referenceLength / counts.length) : 1
        return penalty * exp(logarithms / Double(orders))
    }
}
