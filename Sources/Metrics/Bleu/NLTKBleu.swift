import Glibc

/// Sentence BLEU as nltk computes it with smoothing method 1, the common use in notebooks: lower
/// case, words between white space, orders 1 to 4, equal weights.
///
/// Papineni et al., "BLEU", 2002; Chen and Cherry, "A Systematic Comparison of Smoothing Techniques",
/// 2014. No shared word gives 0. An order without a match counts 0.1 matches.
enum NLTKBleu {
    static func score(_ prediction: String, _ references: [String]) -> Double {
        var numbers = WordNumbers()
        let found = numbers.numbers(PythonText.words(PythonText.lowercased(prediction)))
        let wanted = references.map {
            numbers.numbers(PythonText.words(PythonText.lowercased($0)))
        }
        var logarithms = 0.0
        for order in 1...4 {
            let (matches, total) = BleuMatches.clipped(found, wanted, order: order)
            if order == 1, matches == 0 { return 0 }
            let matched = matches == 0 ? 0.1 : Double(matches)
            logarithms += 0.25 * log(matched / Double(max(1, total)))
        }
        let length = BleuMatches.closestLength(found.count, wanted)
        let penalty = found.count > length ? 1 : exp(1 - Double(length) / Double(found.count))
        return penalty * exp(logarithms)
    }
}
