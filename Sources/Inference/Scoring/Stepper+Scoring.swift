import Basics

extension Stepper {
    /// Log-probabilities of `continuations`, each behind the same `prefix`.
    ///
    /// The logits are those that sampling sees, before any penalty or temperature; what a
    /// continuation gets does not depend on the others. A whole text is scored as the continuation of
    /// its first token.
    /// - Parameter prefix: computed once for all, and not at all where a timeline given to
    ///   `score(_:isInterrupted:)` holds it.
    /// - Throws: `usage` for no tokens; `mismatch` for a token outside the vocabulary; `limit` and
    ///   `numeric` as `sync`.
    /// - Complexity: O(tokens of the prefix and of all continuations that have more than one).
    public func score(
        prefix: [Int32], continuations: [[Int32]], adapter: Adapter? = nil,
        numerics: Numerics = .exact
    ) throws(TandemError) -> [ContinuationScore] {
        let timeline = Timeline(engine, adapter: adapter, numerics: numerics)
        let scores = try score([
            ScoringTask(timeline, prefix: prefix, continuations: continuations)
        ])
        return scores?.first ?? []
    }

    /// Scores the continuations of several prefixes together.
    /// - Parameters:
    ///   - forkByteLimit: bytes of keys and values that may be held beside those of the timelines, so
    ///     that several continuations of a prefix are computed together.
    ///   - isInterrupted: asked between passes.
    /// - Returns: for each task the scores of its continuations, in order; nil when interrupted. The
    ///   timelines hold their prefixes then and at any other end.
    /// - Throws: as `score(prefix:continuations:adapter:numerics:)`.
    public func score(
        _ tasks: [ScoringTask], forkByteLimit: Int = .max, isInterrupted: () -> Bool = { false }
    ) throws(TandemError) -> [[ContinuationScore]]? {
        for task in tasks {
            if task.prefix.isEmpty || task.continuations.contains(where: \.isEmpty) {
                throw TandemError(
                    .usage, "a score takes a token before the first one scored, and one to score",
                    remedy: "begin the prefix with the model's first token")
            }
            for continuation in task.continuations { try check(continuation) }
        }
        let isComplete = try sync(
            tasks.map { ($0.timeline, $0.prefix) }, isInterrupted: isInterrupted)
        if !isComplete { return nil }
        var run = ScoringRun(
            tasks,
            shape: KeyValueChunk.Shape(
                engine.configuration, tasks.first?.timeline.numerics.cache ?? .f32),
            forkByteLimit: forkByteLimit)
        scoreFirstTokens(&run)
        defer { for task in tasks { task.timeline.rewind(to: task.prefix.count) } }
        while true {
            let items = run.nextPass(rowLimit: Self.rowLimit)
            if items.isEmpty { return run.scores }
            if isInterrupted() { return nil }
            try advance(items) { rows, space in scoreRows(rows, space, &run) }
            run.endPass()
        }
    }

    /// The logits after the prefixes give the first token of every continuation.
    private func scoreFirstTokens(_ run: inout ScoringRun) {
        let size = engine.configuration.vocabularySize
        let stride = PackedMatrix.panelCount(size) * PackedMatrix.panelRows
        let buffer = FloatBuffer(stride)
        for (index, task) in run.tasks.enumerated() {
            let logits = task.timeline.logits
            buffer.pointer.update(from: logits, count: size)
            // `sync` has found them finite.
            guard
                let distribution = TokenDistribution(
                    consuming: buffer.pointer, count: size, stride: stride, kernels: engine.kernels)
            else { continue }
            logits.withUnsafeBufferPointer { logits in
                guard let logits = logits.baseAddress else { return }
                for (number, continuation) in task.continuations.enumerated() {
                    guard let token = continuation.first else { continue }
                    let ranking = task.bestCount.map {
                        LogitRanking(of: token, in: logits, count: size, bestCount: $0)
                    }
                    run.append(
                        distribution.score(token, logit: logits[Int(token)], ranking),
                        task: index, number)
                }
            }
        }
    }

    /// Scores the tokens that follow `rows`, with all threads.
    /// - Returns: the first row whose logits are not finite.
    private func scoreRows(
        _ rows: [LogitRow], _ space: Workspace, _ run: inout ScoringRun
    ) -> LogitRow? {
        let size = engine.configuration.vocabularySize
        let targets = rows.map { run.target(of: $0) }
        var values = [ContinuationScore.Token?](repeating: nil, count: rows.count)
        values.withUnsafeMutableBufferPointer { values in
            workers.run { thread in
                for index in workers.share(rows.count, of: thread) {
                    let logits = space.logits.pointer + index * space.vocabularyStride
                    let (token, bestCount) = targets[index]
                    let logit = logits[Int(token)]
                    let ranking = bestCount.map {
                        LogitRanking(of: token, in: logits, count: size, bestCount: $0)
                    }
                    let distribution = TokenDistribution(
                        consuming: logits, count: size, stride: space.vocabularyStride,
                        kernels: engine.kernels)
                    values[index] = distribution?.score(token, logit: logit, ranking)
                }
            }
        }
        for (row, value) in zip(rows, values) {
            guard let value else { return row }
            run.append(value, for: row)
        }
        return nil
    }
}
