/// How far scores go with the length of what is scored.
public enum LengthBias {
    /// Fewer scored answers say nothing.
    public static let leastCount = 5

    /// Spearman's rank correlation of score and length; ties share their ranks.
    /// - Returns: nil for fewer than ``leastCount``, and where all scores or all lengths are the same.
    public static func correlation(scores: [Double], lengths: [Int]) -> Double? {
        guard scores.count == lengths.count, scores.count >= leastCount else { return nil }
        return pearson(ranks(scores), ranks(lengths.map(Double.init)))
    }

    /// From 1 on, the mean of the places that equal values take.
    static func ranks(_ values: [Double]) -> [Double] {
        values.map { value in
            let smaller = values.count { $0 < value }
            let equal = values.count { $0 == value }
            return Double(smaller) + Double(equal + 1) / 2
        }
    }

    private static func pearson(_ first: [Double], _ second: [Double]) -> Double? {
        let count = Double(first.count)
        let (one, other) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
        var (product, squares, otherSquares) = (0.0, 0.0, 0.0)
        for (a, b) in zip(first, second) {
            product += (a - one) * (b - other)
            squares += (a - one) * (a - one)
            otherSquares += (b - other) * (b - other)
        }
        guard squares > 0, otherSquares > 0 else { return nil }
        return product / (squares * otherSquares).squareRoot()
    }
}
