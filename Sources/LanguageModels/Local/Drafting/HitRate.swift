/// How often guesses were right of late, whether they were used or not.
struct HitRate {
    private var rate = 0.75

    mutating func add(_ isHit: Bool) { rate += ((isHit ? 1 : 0) - rate) / 8 }

    /// Whether a guess is likely to save more than it costs: a row more in a pass of a few costs at
    /// most four tenths of a step of its own.
    var isHigh: Bool { rate > 0.6 }
}
