/// The rank of one logit and the largest ones of its row, taken before a `TokenDistribution` consumes
/// the row.
struct LogitRanking {
    private let rank: Int
    /// In order.
    private var best: [(id: Int32, logit: Float)] = []

    /// - Parameters:
    ///   - token: below `count`.
    ///   - logits: [count].
    ///   - bestCount: how many of the largest are kept.
    /// - Complexity: O(count), plus O(bestCount) for each of the largest so far.
    init(
        of token: Int32, in logits: UnsafePointer<Float>, count: Int, bestCount: Int
    ) {
        let own = logits[Int(token)]
        var before = 0
        var smallest = -Float.infinity
        for id in 0..<count {
            let logit = logits[id]
            if logit > own || (logit == own && id < Int(token)) { before += 1 }
            if best.count == bestCount {
                if bestCount == 0 || logit <= smallest { continue }
                best.removeLast()
            }
            let place = best.firstIndex { $0.logit < logit } ?? best.count
            best.insert((Int32(id), logit), at: place)
            smallest = best[best.count - 1].logit
        }
        rank = before + 1
    }

    /// - Parameter distribution: of the same row.
    func ranking(_ distribution: TokenDistribution) -> TokenRanking {
        TokenRanking(
            rank: rank,
            best: best.map {
                .init(id: $0.id, logProbability: distribution.logProbability(logit: $0.logit))
            })
    }
}
