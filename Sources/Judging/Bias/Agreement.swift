/// How far judgements of the same answers agree.
public enum Agreement {
    /// The share of pairs of repetitions that gave the same score, over all answers; unscored ones
    /// agree with nothing.
    /// - Parameter scores: [answers][repetitions].
    /// - Returns: nil with fewer than two repetitions everywhere.
    public static func ofRepetitions(_ scores: [[Double?]]) -> Double? {
        var (same, all) = (0, 0)
        for repetitions in scores {
            for first in repetitions.indices {
                for second in repetitions.indices where second > first {
                    all += 1
                    if let one = repetitions[first], one == repetitions[second] { same += 1 }
                }
            }
        }
        return all > 0 ? Double(same) / Double(all) : nil
    }

    /// Cohen's κ of two raters who say yes or no: (p_o − p_e) / (1 − p_e).
    ///
    /// J. Cohen, "A coefficient of agreement for nominal scales", 1960.
    /// - Returns: nil without items, and where both say the same of everything: chance alone would
    ///   then agree, too.
    public static func kappa(_ first: [Bool], _ second: [Bool]) -> Double? {
        let count = Double(min(first.count, second.count))
        guard count > 0 else { return nil }
        let observed = Double(zip(first, second).count { $0 == $1 }) / count
        let (one, other) = (
            Double(first.count { $0 }) / count, Double(second.count { $0 }) / count
        )
        let expected = one * other + (1 - one) * (1 - other)
        return expected < 1 ? (observed - expected) / (1 - expected) : nil
    }
}
