/// What BLEU is computed from: lengths, and the matches of 1 to 4 words. They add up over answers.
struct BleuCounts {
    static let orders = 4

    let length: Double
    /// The length of the reference that is closest to the answer's; of two the shorter.
    let referenceLength: Double
    /// By order: runs of words that are in a reference too, and all runs.
    let matches: SIMD4<Double>
    let totals: SIMD4<Double>

    init(_ comparison: inout Comparison, _ rule: WordRule) {
        let words = comparison.words(rule)
        let count = words.range(0).count
        length = Double(count)
        referenceLength = Double(words.closestReferenceLength() ?? 0)
        let counts = comparison.matches(words, 1..<words.count, orders: Self.orders)
        matches = SIMD4<Double>(counts.lowHalf)
        totals = SIMD4(Double(count), Double(count - 1), Double(count - 2), Double(count - 3))
            .clamped(lowerBound: .zero, upperBound: SIMD4(repeating: .infinity))
    }

    /// - Parameter values: sums of ``values``.
    init(_ values: [Double]) {
        length = values[0]
        referenceLength = values[1]
        matches = SIMD4(values[2], values[3], values[4], values[5])
        totals = SIMD4(values[6], values[7], values[8], values[9])
    }

    var values: [Double] {
        [
            length, referenceLength, matches[0], matches[1], matches[2], matches[3], totals[0],
            totals[1], totals[2], totals[3],
        ]
    }
}
