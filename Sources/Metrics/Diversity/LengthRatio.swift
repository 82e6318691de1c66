/// Words of the answer over words of the reference, between white space: 1 is as long, 2 twice as long.
///
/// Of several references the one that is closest in length counts, as in BLEU. An empty reference gives
/// no ratio.
enum LengthRatio {
    static func score(_ comparison: inout Comparison) -> Score {
        let words = comparison.words(.spaces)
        guard let closest = words.closestReferenceLength({ $0 > 0 }) else {
            return .unscored("the reference has no words")
        }
        return .value(Double(words.answer.count) / Double(closest))
    }
}
