import Glibc

/// McNemar's exact test of two right/wrong results on the same items.
public enum McNemarTest {
    /// p = min(1, 2 · 2^−(b+c) · Σ_{i ≤ min(b,c)} C(b+c, i)), the two-sided binomial test of the items
    /// on which only one is right.
    /// - Parameters:
    ///   - gained: items that only the second got right.
    ///   - lost: items that only the first got right.
    /// - Complexity: O(min(gained, lost)).
    public static func p(gained: Int, lost: Int) -> Double {
        let (count, fewer) = (gained + lost, min(gained, lost))
        // The last term of the sum, in logarithms; each one before it is smaller by a known factor.
        var logarithm = -Double(count) * log(2)
        for index in 0..<fewer { logarithm += log(Double(count - index) / Double(index + 1)) }
        var term = exp(logarithm)
        var sum = term
        for index in stride(from: fewer, to: 0, by: -1) {
            term *= Double(index) / Double(count - index + 1)
            sum += term
        }
        return min(1, 2 * sum)
    }
}
