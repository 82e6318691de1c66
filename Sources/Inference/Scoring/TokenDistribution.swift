import CKernels
import Glibc

/// The distribution of the next token: the softmax of one row of logits.
struct TokenDistribution {
    /// The id of the largest logit; of equal ones, the lowest.
    let mostProbable: Int32
    private let largest: Double
    /// ln of the sum of exp(logit − largest).
    private let logSum: Double

    /// The sum is taken in blocks of `TK_ATTENTION_BLOCK` logits, each relative to its own largest in
    /// f32, the same on every instruction set; the blocks are added in order, in f64.
    /// - Parameter logits: [stride]; what they were is lost.
    /// - Returns: nil when one of the first `count` is not finite.
    /// - Complexity: O(count).
    init?(
        consuming logits: UnsafeMutablePointer<Float>, count: Int, stride: Int,
        kernels: borrowing tk_kernels
    ) {
        let best = kernels.argmax(logits, count)
        if best < 0 { return nil }
        mostProbable = Int32(best)
        largest = Double(logits[Int(best)])
        var total = 0.0
        let block = Int(TK_ATTENTION_BLOCK)
        for first in Swift.stride(from: 0, to: count, by: block) {
            var sum: Float = 0
            let maximum = kernels.softmax_block(
                logits + first, min(block, stride - first), min(block, count - first), 1, &sum)
            total += Double(sum) * exp(Double(maximum) - largest)
        }
        logSum = log(total)
    }

    /// ln p of a token with the given logit, in nats.
    func logProbability(logit: Float) -> Double { Double(logit) - largest - logSum }

    /// - Parameters:
    ///   - logit: the token's.
    ///   - ranking: of the token in the same row, where it is wanted.
    func score(_ token: Int32, logit: Float, _ ranking: LogitRanking?) -> ContinuationScore.Token {
        ContinuationScore.Token(
            logProbability: logProbability(logit: logit), isGreedy: mostProbable == token,
            ranking: ranking?.ranking(self))
    }
}
