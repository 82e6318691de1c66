/// Which timelines of one `sync` wait for another one to compute the tokens that both begin with.
struct SharedPrefixes {
    struct Follower {
        let index: Int
        let leader: Int
        /// Tokens that are taken from the leader once it holds them.
        let count: Int
    }

    /// A follower comes behind its leader where that is one too.
    private(set) var followers: [Follower] = []

    /// - Parameter work: the timelines rewound to what they hold of `tokens`.
    /// - Complexity: O(n log n) comparisons of prompts.
    init(_ work: [(timeline: Timeline, tokens: [Int32])]) {
        var pending = Array(work.indices)
        var groups: [[Int]] = []
        while let first = pending.first {
            let timeline = work[first].timeline
            groups.append(pending.filter { work[$0].timeline.isComputed(like: timeline) })
            pending = pending.filter { !work[$0].timeline.isComputed(like: timeline) }
        }
        for group in groups where group.count > 1 {
            // Among those that come before in dictionary order, the neighbour shares the most.
            let sorted = group.sorted { Self.isOrdered(work[$0].tokens, work[$1].tokens) }
            for (leader, index) in zip(sorted, sorted.dropFirst()) {
                let tokens = work[index].tokens
                let shared = min(
                    work[leader].tokens.sharedPrefixCount(with: tokens), tokens.count - 1)
                let held = work[index].timeline.tokens.count
                if shared >= held + PrefixCache.leastShared {
                    followers.append(Follower(index: index, leader: leader, count: shared))
                }
            }
        }
    }

    private static func isOrdered(_ one: [Int32], _ two: [Int32]) -> Bool {
        let shared = one.sharedPrefixCount(with: two)
        if shared == two.count { return false }
        return shared == one.count || one[shared] < two[shared]
    }
}
