import Basics
import ModelFiles

/// Moves timelines of one engine forward, several at once: each weight is read once for all.
///
/// Owned by one thread; the work is spread over `workers`. What a timeline gets depends on its own
/// tokens and adapter only: not on the others, on how the tokens were cut, or on the threads.
public final class Stepper {
    public let engine: Engine
    private let workers: Workers
    private var space: Workspace?
    /// Counts where the time goes; nil, as usual, counts nothing.
    package var clock: PhaseClock?

    /// The most rows of one pass: more would only cost memory, fewer would read the weights oftener.
    public static let rowLimit = 252

    public init(_ engine: Engine, workers: Workers) {
        self.engine = engine
        self.workers = workers
    }

    /// Computes what is missing until each timeline holds exactly `tokens`, and the logits after the
    /// last one. Prefixes that a timeline already holds are kept.
    /// - Parameters:
    ///   - isInterrupted: asked between passes; when it says yes, the timelines stay where they are,
    ///     in order, and false is returned.
    ///   - chunk: the most tokens of one timeline in one pass; the result does not depend on it.
    /// - Throws: `usage` for no tokens or a token that the vocabulary does not have; `limit` without
    ///   memory; `numeric` when a logit is NaN or infinite.
    /// - Complexity: O(layers · (hidden² + context · hidden)) per token that is computed.
    @discardableResult
    public func sync(
        _ work: [(timeline: Timeline, tokens: [Int32])], chunk: Int = rowLimit,
        isInterrupted: () -> Bool = { false }
    ) throws(TandemError) -> Bool {
        for (_, tokens) in work { try check(tokens) }
        var pending = work.map { ($0.timeline, $0.timeline.rewind(to: $0.tokens)) }
        while !pending.isEmpty {
            if isInterrupted() { return false }
            var rows: [(timeline: Timeline, tokens: ArraySlice<Int32>, wantsLogits: Bool)] = []
            var room = Self.rowLimit
            for index in pending.indices where room > 0 {
                let taken = pending[index].1.prefix(min(room, chunk))
                room -= taken.count
                pending[index].1 = pending[index].1.dropFirst(taken.count)
                rows.append((pending[index].0, taken, pending[index].1.isEmpty))
            }
            try advance(rows)
            pending.removeAll { $0.1.isEmpty }
        }
        return true
    }

    /// Appends one token to each timeline and computes the logits that follow.
    public func step(_ work: [(timeline: Timeline, token: Int32)]) throws(TandemError) {
        for (_, token) in work { try check([token]) }
        var rest = work[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.rowLimit)
            rest = rest.dropFirst(part.count)
            try advance(part.map { ($0.timeline, [$0.token][...], true) })
        }
    }

    private func check(_ tokens: [Int32]) throws(TandemError) {
        if tokens.isEmpty { throw TandemError(.usage, "there is no token to compute") }
        let size = engine.configuration.vocabularySize
        if let bad = tokens.first(where: { $0 < 0 || Int($0) >= size }) {
            throw TandemError(
                .mismatch, "token \(bad) is not in the model's vocabulary of \(size)",
                remedy: "the tokenizer belongs to another model")
        }
    }

    private func advance(
        _ work: [(timeline: Timeline, tokens: ArraySlice<Int32>, wantsLogits: Bool)]
    ) throws(TandemError) {
        for (timeline, tokens, _) in work {
            try timeline.reserve(timeline.tokens.count + tokens.count)
        }
        let batch = Batch(work)
        let space = workspace(for: batch)
        let pass = ForwardPass(
            engine, workers: workers, batch: batch, space: space, clock: clock)
        pass.run()
        let size = engine.configuration.vocabularySize
        var row = 0
        for segment in batch.segments {
            segment.timeline.tokens.append(contentsOf: segment.tokens)
            guard segment.wantsLogits else { continue }
            let logits = space.logits.pointer + row * space.vocabularyStride
            row += 1
            guard engine.kernels.argmax(logits, size) >= 0 else {
                throw TandemError(
                    .numeric,
                    "the logits after token \(segment.timeline.tokens.count) are not finite",
                    remedy: "the weights overflow; check how the model was converted")
            }
            segment.timeline.logits = Array(UnsafeBufferPointer(start: logits, count: size))
        }
    }

    private func workspace(for batch: Batch) -> Workspace {
        let rank = batch.adapters.map(\.adapter.largestPaddedRank).max() ?? 0
        if let space, space.rowCapacity >= batch.rowCount, space.rankCapacity >= rank {
            return space
        }
        let created = Workspace(
            engine.configuration,
            rows: max(batch.rowCount, space?.rowCapacity ?? 0),
            rank: max(rank, space?.rankCapacity ?? 0), threads: workers.count)
        space = created
        return created
    }
}
