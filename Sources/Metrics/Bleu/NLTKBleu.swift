import Glibc

/// Sentence BLEU as nltk computes it with smoothing method 1, the common use in notebooks: lower
/// case, words between white space, orders 1 to 4, equal weights.
///
/// Papineni et al., "BLEU", 2002; Chen and Cherry, "A Systematic Comparison of Smoothing Techniques",
/// 2014. No shared word gives 0. An order without a match counts 0.1 matches.
enum NLTKBleu {
    static func score(_ comparison: inout Comparison) -> Double {
        let counts = BleuCounts(&comparison, .lowerCase)
        if counts.matches[0] == 0 { return 0 }
        let logarithms = (0..<BleuCounts.orders).reduce(0.0) { sum, order in
            let matches = counts.matches[order]
            return sum + 0.25 * log((matches == 0 ? 0.1 : matches) / max(1, counts.totals[order]))
        }
        let ratio = counts.referenceLength / counts.length
        return (ratio < 1 ? 1 : exp(1 - ratio)) * exp(logarithms)
    }
}
