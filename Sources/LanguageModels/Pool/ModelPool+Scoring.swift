import Basics
import Inference

extension ModelPool {
    /// The scores of a request's continuations, or why there are none.
    public typealias Scores = Result<[ContinuationScore], TandemError>

    /// Scores continuations; requests for variants of one model go through it together, as many as
    /// there is memory for, and prefixes that were computed before are not computed again.
    /// - Parameter isInterrupted: asked between passes.
    /// - Returns: for each request the scores of its continuations, in order, or why it has none:
    ///   `limit` for a context longer than the model's or without memory, what loading the variant
    ///   refuses, and what `Stepper.score` throws for it. Nil when interrupted.
    /// - Throws: `notFound` for a variant that is not loaded.
    /// - Complexity: O(tokens of the prefixes and of the continuations that have more than one).
    public func score(
        _ requests: [ScoreRequest], isInterrupted: () -> Bool = { false }
    ) throws(TandemError) -> [Scores]? {
        var variants: [LocalVariant] = []
        for request in requests { variants.append(try variant(request.variant)) }
        var scores = [Scores](repeating: .success([]), count: requests.count)
        defer { evictCaches(heldByteCount - budget.byteCount) }
        for model in turns(of: variants) {
            for group in groups(of: variants, on: model) {
                let indices = requests.indices.filter { index in
                    group.contains { $0 === variants[index] }
                }
                do throws(TandemError) {
                    let stepper = try ready(group, of: model)
                    let isComplete = score(
                        indices.map { ($0, requests[$0], variants[$0]) }, group, stepper,
                        isInterrupted: isInterrupted
                    ) { scores[$0] = $1 }
                    if !isComplete { return nil }
                } catch {
                    for index in indices { scores[index] = .failure(error) }
                }
            }
        }
        return scores
    }

    /// Scores requests for variants of one model that are in memory.
    /// - Returns: whether it was not interrupted.
    private func score(
        _ requests: [(index: Int, request: ScoreRequest, variant: LocalVariant)],
        _ variants: [LocalVariant], _ stepper: Stepper, isInterrupted: () -> Bool,
        keep: (_ index: Int, Scores) -> Void
    ) -> Bool {
        defer { stepper.releaseMemory() }
        let configuration = stepper.engine.configuration
        var rest = requests[...]
        while let first = rest.first {
            let model = first.variant.model
            let limit = limit
            func byteCount(_ request: ScoreRequest) -> Int {
                KeyValueSize(configuration, request.numerics)
                    .byteCount(positions: request.longest)
            }
            let needed = byteCount(first.request)
            let granted = makeRoom(for: needed, beside: variants, of: model)
            if let error = refusal(first.request, needed, granted, configuration.contextLength) {
                keep(first.index, .failure(error))
                rest.removeFirst()
                continue
            }
            var room = limit - weightByteCount - needed
            let others = rest.dropFirst().prefix { _, request, _ in
                let bytes = byteCount(request)
                guard bytes <= room, request.longest <= configuration.contextLength else {
                    return false
                }
                room -= bytes
                return true
            }
            let pass = rest.prefix(1 + others.count)
            rest = rest.dropFirst(pass.count)
            let tasks = pass.map { _, request, variant in
                variant.lastUse = .now
                return ScoringTask(
                    variant.timeline(
                        for: request.prefix, numerics: request.numerics, on: stepper.engine),
                    prefix: request.prefix, continuations: request.continuations,
                    bestCount: request.bestCount)
            }
            defer { for task in tasks { model.prefixes.keep(task.timeline) } }
            evictCaches(heldByteCount - weightByteCount - max(0, room))
            var isComplete = true
            let failed = eachOrAll(Array(tasks.indices)) { numbers, _ throws(TandemError) in
                let part = try stepper.score(
                    numbers.map { tasks[$0] }, forkByteLimit: max(0, room),
                    isInterrupted: isInterrupted)
                isComplete = isComplete && part != nil
                for (number, scores) in zip(numbers, part ?? []) {
                    keep(pass[pass.startIndex + number].index, .success(scores))
                }
            }
            for (number, error) in failed {
                keep(pass[pass.startIndex + number].index, .failure(error))
            }
            if !isComplete { return false }
        }
        return true
    }

    private func refusal(
        _ request: ScoreRequest, _ needed: Int, _ granted: Int, _ contextLength: Int
    ) -> TandemError? {
        if request.longest > contextLength {
            return TandemError(
                .limit,
                "a prefix and a continuation of \(request.longest) tokens do not fit the context of "
                    + "\(contextLength)", remedy: "shorten the prefix")
        }
        return granted < needed ? noRoomForPrompt(request.longest, needed, granted) : nil
    }
}

extension ScoreRequest {
    /// Tokens whose keys and values are held for the longest continuation: its last is only predicted.
    fileprivate var longest: Int { prefix.count + (continuations.map(\.count).max() ?? 1) - 1 }
}
