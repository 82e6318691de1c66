import Basics
import Glibc

extension ModelPool {
    /// The probability of each choice as the next text of an answer, in exact arithmetic.
    ///
    /// Where the tokens of one choice begin those of another (1 and 10), what the longer one takes is
    /// not the shorter one's: the sum over all choices is at most 1.
    /// - Parameter isInterrupted: asked between passes.
    /// - Returns: [requests][choices]; nil when interrupted.
    /// - Throws: what ``score(_:isInterrupted:)`` throws, or says of a request.
    public func probabilities(
        _ requests: [ChoiceRequest], isInterrupted: () -> Bool
    ) throws(TandemError) -> [[Double]]? {
        var scored: [ScoreRequest] = []
        for request in requests {
            let model = try variant(request.variant).model
            var choices: [[Int32]] = []
            for choice in request.choices {
                choices.append(
                    try model.encode(request.messages, opening: request.opening + choice))
            }
            let shared = Self.sharedCount(choices)
            scored.append(
                ScoreRequest(
                    variant: request.variant, prefix: Array(choices.first?.prefix(shared) ?? []),
                    continuations: choices.map { Array($0[shared...]) }))
        }
        guard let scores = try score(scored, isInterrupted: isInterrupted) else { return nil }
        var probabilities: [[Double]] = []
        for (request, scores) in zip(scored, scores) {
            let all = try scores.get().map { exp($0.logProbability) }
            probabilities.append(Self.apart(all, request.continuations))
        }
        return probabilities
    }

    /// Takes from each choice what longer ones take that begin with it.
    private static func apart(_ all: [Double], _ choices: [[Int32]]) -> [Double] {
        all.indices.map { index in
            let longer = all.indices.filter { begins(choices[$0], with: choices[index]) }
            // Of those only the next longer ones: they hold the others.
            let next = longer.filter { other in
                !longer.contains { begins(choices[other], with: choices[$0]) }
            }
            return max(0, all[index] - next.reduce(0) { $0 + all[$1] })
        }
    }

    private static func begins(_ tokens: [Int32], with other: [Int32]) -> Bool {
        tokens.count > other.count && tokens.starts(with: other)
    }

    /// The tokens that all lists begin with, so that each has one left.
    private static func sharedCount(_ lists: [[Int32]]) -> Int {
        guard let first = lists.first else { return 0 }
        let limit = (lists.map(\.count).min() ?? 1) - 1
        return (0..<max(0, limit)).first { index in
            lists.contains { $0[index] != first[index] }
        } ?? max(0, limit)
    }
}
