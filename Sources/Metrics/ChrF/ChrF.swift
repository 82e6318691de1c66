/// chrF and chrF++ as sacrebleu 2 computes them, with its defaults: runs of 1 to 6 characters without
/// white space, β = 2, no smoothing; 0 to 100.
///
/// Popović, "chrF: character n-gram F-score", 2015, and "chrF++: words helping character n-grams", 2017.
/// Orders for which one of the two texts is too short do not count; where all are, the score is 0. Of
/// several references the one with the best score counts.
struct ChrF {
    /// Runs of up to so many words count too: 0 for chrF, 2 for chrF++.
    let wordOrders: Int

    private static let characterOrders = 6
    private static let beta = 2.0

    /// The counts of the best reference: runs of the answer, of the reference, and shared ones, by order.
    func counts(_ comparison: inout Comparison) -> [Double] {
        let characters = comparison.words(.characters)
        let words = wordOrders > 0 ? comparison.words(.chrf) : nil
        var best: [Double] = []
        for reference in 1..<characters.count {
            var counts: [Double] = []
            counts.reserveCapacity(3 * (Self.characterOrders + wordOrders))
            Self.append(characters, reference, Self.characterOrders, &comparison, to: &counts)
            if let words { Self.append(words, reference, wordOrders, &comparison, to: &counts) }
            if best.isEmpty || score(counts) > score(best) { best = counts }
        }
        return best
    }

    private static func append(
        _ words: WordLists, _ reference: Int, _ orders: Int, _ comparison: inout Comparison,
        to counts: inout [Double]
    ) {
        let (found, wanted) = (words.range(0).count, words.range(reference).count)
        let matches = comparison.matches(words, reference..<reference + 1, orders: orders)
        for order in 0..<orders {
            // sacrebleu counts no runs of the answer where the reference has none.
            counts.append(wanted > order ? Double(max(0, found - order)) : 0)
            counts.append(Double(max(0, wanted - order)))
            counts.append(Double(matches[order]))
        }
    }

    /// - Parameter counts: of one answer, or the sums over many.
    func score(_ counts: [Double]) -> Double {
        var (precision, recall, orders) = (0.0, 0.0, 0.0)
        for start in stride(from: 0, to: counts.count, by: 3)
        where counts[start] > 0 && counts[start + 1] > 0 {
            precision += counts[start + 2] / counts[start]
            recall += counts[start + 2] / counts[start + 1]
            orders += 1
        }
        if precision + recall == 0 { return 0 }
        precision /= orders
        recall /= orders
        let factor = Self.beta * Self.beta
        return 100 * (1 + factor) * precision * recall / (factor * precision + recall)
    }
}
