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
        let logarithms = zip(counts.matches, counts.totals).reduce(0.0) { sum, order in
            sum + 0.25 * log((order.0 == 0 ? 0.1 : order.0) / max(1, order.1))
        }
        let ratio = counts.referenceLength / counts.length
        return (ratio < 1 ? 1 : exp(1 - ratio)) * exp(logarithms)
    }
}
