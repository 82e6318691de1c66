/// What the two BLEUs share.
enum BleuMatches {
    /// The n-grams of the prediction that are in a reference, each counted at most as often as in
    /// the reference that has it most; and all its n-grams.
    static func clipped(_ found: [Int32], _ references: [[Int32]], order: Int)
        -> (matches: Int, total: Int)
    {
        let counts = NGramCounts(found, order: order)
        if references.count == 1 {
            let wanted = NGramCounts(references[0], order: order)
            return (counts.shared(with: wanted), counts.total)
        }
        let wanted = references.map { NGramCounts($0, order: order).counts }
        let matches = counts.counts.reduce(0) { sum, entry in
            sum + min(entry.value, wanted.map { $0[entry.key] ?? 0 }.max() ?? 0)
        }
        return (matches, counts.total)
    }

    /// The reference length closest to `count`; of two the shorter.
    static func closestLength(_ count: Int, _ references: [[Int32]]) -> Int {
        references.map(\.count).min {
            (abs($0 - count), $0) < (abs($1 - count), $1)
        } ?? 0
    }
}
