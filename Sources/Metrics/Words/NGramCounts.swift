/// How often each run of `order` words occurs.
struct NGramCounts {
    let total: Int
    let counts: [ArraySlice<Int32>: Int]

    /// - Complexity: O(*n* · order), *n* the words.
    init(_ words: [Int32], order: Int) {
        total = max(0, words.count - order + 1)
        var counts: [ArraySlice<Int32>: Int] = [:]
        for start in 0..<total { counts[words[start..<start + order], default: 0] += 1 }
        self.counts = counts
    }

    /// How many runs are in both, each counted as often as in the one that has it less often.
    func shared(with other: NGramCounts) -> Int {
        counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
    }
}
