import Basics
import CKernels
import ModelFiles

/// Moves timelines of one engine forward, several at once: each weight is read once for all.
///
/// Owned by one thread; the work is spread over `workers`. What a timeline gets depends on its own
/// tokens and adapter only: not on the others, on how the tokens were cut, or on the threads.
public final class Stepper {
    public let engine: Engine
    let workers: Workers
    private var space: Workspace?
    /// Logits of steps before, whose memory the next ones take.
    private var spareLogits: [[Float]] = []
    /// Counts where the time goes; nil, as usual, counts nothing.
    package var clock: PhaseClock?

    /// The most rows of one pass: more would only cost memory, fewer would read the weights oftener.
    public static let rowLimit = 516

    /// Up to so many rows of a pass, one more costs little: the weights are read for it anyway.
    public static let cheapRowLimit = Int(TK_FUSED_ROWS)

    public init(_ engine: Engine, workers: Workers) {
        self.engine = engine
        self.workers = workers
    }

    /// Computes what is missing until each timeline holds exactly `tokens`, and the logits after the
    /// last one. Prefixes that a timeline already holds are kept; a beginning that several have in
    /// common is computed for one of them and shared.
    /// - Parameters:
    ///   - isInterrupted: asked between passes; when it says yes, the timelines stay where they are,
    ///     in order, and false is returned.
    ///   - chunk: the most tokens of one timeline in one pass; the result does not depend on it.
    /// - Throws: `usage` for no tokens or a token that the vocabulary does not have; `limit` without
    ///   memory; `numeric`, naming the layer, where a value is NaN or infinite: no timeline holds
    ///   tokens of the pass that failed then.
    /// - Complexity: O(layers · (hidden² + context · hidden)) per token that is computed.
    @discardableResult
    public func sync(
        _ work: [(timeline: Timeline, tokens: [Int32])], chunk: Int = rowLimit,
        isInterrupted: () -> Bool = { false }
    ) throws(TandemError) -> Bool {
        for (_, tokens) in work { try check(tokens) }
        for (timeline, tokens) in work {
            _ = timeline.rewind(to: tokens)
            timeline.reusedTokenCount = timeline.tokens.count
        }
        var waiting = SharedPrefixes(work).followers
        let leaders = Set(waiting.map(\.leader))
        let followers = Set(waiting.map(\.index))
        // Leaders go first: others wait for them.
        var pending = work.indices.filter { !followers.contains($0) }
        pending = pending.filter(leaders.contains) + pending.filter { !leaders.contains($0) }
        while true {
            waiting.removeAll { follower in
                let leader = work[follower.leader].timeline
                guard leader.tokens.count >= follower.count else { return false }
                let timeline = work[follower.index].timeline
                timeline.adopt(leader, count: follower.count)
                timeline.reusedTokenCount = follower.count
                pending.append(follower.index)
                return true
            }
            if pending.isEmpty { return true }
            if isInterrupted() { return false }
            var rows: [Batch.Item] = []
            var room = Self.rowLimit
            for (timeline, tokens) in pending.lazy.map({ work[$0] }) where room > 0 {
                let missing = tokens[timeline.tokens.count...]
                let taken = missing.prefix(min(room, chunk))
                room -= taken.count
                rows.append(
                    Batch.Item(timeline, taken, wantsLogits: taken.count == missing.count))
            }
            try advance(rows)
            pending.removeAll { work[$0].timeline.tokens.count == work[$0].tokens.count }
        }
    }

    /// Appends one token to each timeline and computes the logits that follow.
    /// - Throws: as `sync` does.
    public func step(_ work: [(timeline: Timeline, token: Int32)]) throws(TandemError) {
        try step(work.map { ($0.timeline, tokens: [$0.token]) })
    }

    /// Appends tokens to each timeline and computes the logits that follow each of them.
    /// - Returns: [timelines][tokens][vocabularySize]; those of a timeline's last token are its
    ///   `logits` too.
    /// - Throws: as `sync` does.
    @discardableResult
    public func step(
        _ work: [(timeline: Timeline, tokens: [Int32])]
    ) throws(TandemError) -> [[[Float]]] {
        for (_, tokens) in work { try check(tokens) }
        var logits: [[[Float]]] = []
        var rest = work[...]
        while !rest.isEmpty {
            var room = Self.rowLimit
            var part = rest.prefix { _, tokens in
                room -= tokens.count
                return room >= 0
            }
            if part.isEmpty { part = rest.prefix(1) }
            rest = rest.dropFirst(part.count)
            logits += try advance(
                part.map { Batch.Item($0, $1[...], logitRows: $1.indices) })
        }
        return logits
    }

    func check(_ tokens: [Int32]) throws(TandemError) {
        if tokens.isEmpty { throw TandemError(.usage, "there is no token to compute") }
        let size = engine.configuration.vocabularySize
        if let bad = tokens.first(where: { $0 < 0 || Int($0) >= size }) {
            throw TandemError(
                .mismatch, "token \(bad) is not in the model's vocabulary of \(size)",
                remedy: "the tokenizer belongs to another model")
        }
    }

    /// Appends tokens to their timelines, and sets the logits of those that want any.
    /// - Returns: for each item the logits that it wants, [rows][vocabularySize].
    @discardableResult
    private func advance(_ work: [Batch.Item]) throws(TandemError) -> [[[Float]]] {
        let size = engine.configuration.vocabularySize
        var logits = [[[Float]]](repeating: [], count: work.count)
        try advance(work) { rows, space in
            for (index, row) in rows.enumerated() {
                let start = space.logits.pointer + index * space.vocabularyStride
                if engine.kernels.argmax(start, size) < 0 { return row }
                // Memory that was given back would come again page by page.
                var copy = spareLogits.popLast() ?? []
                copy.removeAll(keepingCapacity: true)
                copy.append(contentsOf: UnsafeBufferPointer(start: start, count: size))
                logits[row.segment.item].append(copy)
            }
            return nil
        }
        for (item, logits) in zip(work, logits) {
            guard let last = logits.last else { continue }
            if spareLogits.count < work.count, item.timeline.logits.count == size {
                spareLogits.append(item.timeline.logits)
            }
            item.timeline.logits = last
        }
        return logits
    }

    /// Appends tokens to their timelines.
    /// - Parameter read: is given the logits of some rows at a time, [rows, vocabularyStride], to be
    ///   used before it returns; it gives back a row whose logits are not finite.
    /// - Throws: `numeric`, naming the layer, when anything is not finite; `limit` without memory. No
    ///   timeline holds new tokens then.
    func advance(
        _ work: [Batch.Item], read: (_ rows: [LogitRow], _ space: Workspace) -> LogitRow?
    ) throws(TandemError) {
        for item in work { try item.timeline.reserve(item.tokens.count) }
        // Rows of other numerics are other passes.
        var rest = Array(work.enumerated())
        while let numerics = rest.first?.element.timeline.numerics {
            let batch = Batch(rest.filter { $0.element.timeline.numerics == numerics })
            rest.removeAll { $0.element.timeline.numerics == numerics }
            let space = workspace(for: batch)
            let pass = try run(batch, space)
            for (index, piece) in pass.logitPieces.enumerated() {
                if index > 0 { pass.runLogits(piece) }
                if let row = read(piece, space) { throw failure(batch, space, logitRow: row) }
            }
        }
        for item in work { item.timeline.tokens.append(contentsOf: item.tokens) }
    }

    /// Computes a batch; of the last layer, where that saves much, only the rows whose logits are wanted.
    private func run(_ batch: Batch, _ space: Workspace) throws(TandemError) -> ForwardPass {
        func run(_ batch: Batch, _ part: ForwardPass.Part) -> ForwardPass? {
            let pass = ForwardPass(
                engine, workers: workers, batch: batch, space: space, part: part, clock: clock)
            pass.run()
            return pass.hasBadRow ? nil : pass
        }
        guard let narrow = batch.narrowed else {
            guard let pass = run(batch, .whole) else { throw failure(batch, space) }
            return pass
        }
        guard let pass = run(batch, .keys) else { throw failure(batch, space) }
        var rows = batch.logitRows
        if rows.isEmpty { return pass }
        space.keepRows(rows.map(\.place), dimension: engine.configuration.headDimension)
        for index in rows.indices { rows[index].place = index }
        guard let last = run(narrow, .lastLayer(logitRows: rows)) else {
            throw failure(batch, space)
        }
        return last
    }

    /// Gives back the memory that passes of many rows took; the next one takes it again.
    public func releaseMemory() {
        spareLogits = []
        if let space, space.rowCapacity > Self.smallRowLimit { self.space = nil }
    }

    /// Activations of so many rows are too little to give back.
    private static let smallRowLimit = 64

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
