import Glibc

/// Sentence BLEU as sacrebleu 2 computes it: tokenizer 13a, case kept, exponential smoothing,
/// effective order; 0 to 100.
///
/// Post, "A Call for Clarity in Reporting BLEU Scores", 2018. The k-th order without a match counts
/// 1 / 2^k matches; an order for which the prediction is too short ends the mean.
enum SacreBleu {
    static func sentence(_ prediction: String, _ references: [String]) -> Double {
        var numbers = WordNumbers()
        let found = numbers.numbers(PythonText.words(Tokenizer13a.spaced(prediction)))
        let wanted = references.map {
            numbers.numbers(PythonText.words(Tokenizer13a.spaced($0)))
        }
        var logarithms = 0.0
        var (orders, smoothing, anyMatch) = (0, 1.0, false)
        for order in 1...4 {
            let (matches, total) = BleuMatches.clipped(found, wanted, order: order)
            if total == 0 { break }
            orders = order
            if matches == 0 {
                smoothing *= 2
                logarithms += log(100 / (smoothing * Double(total)))
            } else {
                anyMatch = true
                logarithms += log(100 * Double(matches) / Double(total))
            }
        }
        if !anyMatch { return 0 }
        let length = BleuMatches.closestLength(found.count, wanted)
        let penalty = found.count < length ? exp(1 - Double(length) / Double(found.count)) : 1
        return penalty * exp(logarithms / Double(orders))
    }
}
