/// What BLEU is computed from: lengths, and the matches of 1 to 4 words. They add up over answers.
struct BleuCounts {
    static let orders = 4

    let length: Double
    /// The length of the reference that is closest to the answer's; of two the shorter.
    let referenceLength: Double
    /// By order: runs of words that are in a reference too, and all runs.
    let matches: [Double]
    let totals: [Double]

    init(_ comparison: inout Comparison, _ rule: WordRule) {
        let words = comparison.words(rule)
        let count = words.found.count
        length = Double(count)
        referenceLength = Double(
            words.wanted.map(\.count).min { (abs($0 - count), $0) < (abs($1 - count), $1) } ?? 0)
        matches = comparison.matches(words.found, words.wanted, orders: Self.orders).map(
            Double.init)
        totals = (0..<Self.orders).map { Double(max(0, count - $0)) }
    }

    /// - Parameter values: sums of ``values``.
    init(_ values: [Double]) {
        length = values[0]
        referenceLength = values[1]
        matches = Array(values[2..<2 + Self.orders])
        totals = Array(values[(2 + Self.orders)...])
    }

    var values: [Double] { [length, referenceLength] + matches + totals }
}
