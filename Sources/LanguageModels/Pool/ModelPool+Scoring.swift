import Basics
import Inference

extension ModelPool {
    /// Scores continuations; requests for variants of one model go through it together, and prefixes
    /// that were computed before are not computed again.
    /// - Parameter isInterrupted: asked between passes.
    /// - Returns: for each request the scores of its continuations, in order; nil when interrupted.
    /// - Throws: `notFound` for a variant that is not loaded; `limit` for a context longer than the
    ///   model's; what `Stepper.score` throws.
    /// - Complexity: O(tokens of the prefixes and of the continuations that have more than one).
    public func score(
        _ requests: [ScoreRequest], isInterrupted: () -> Bool = { false }
    ) throws(TandemError) -> [[ContinuationScore]]? {
        var variants: [LocalVariant] = []
        for request in requests {
            let variant = try variant(request.variant)
            let limit = variant.model.file.configuration.contextLength
            let longest = request.continuations.map(\.count).max() ?? 0
            // The last token is only predicted.
            guard request.prefix.count + longest - 1 <= limit else {
                throw TandemError(
                    .limit,
                    "a prefix of \(request.prefix.count) tokens and a continuation of \(longest) do "
                        + "not fit the context of \(limit)", remedy: "shorten the prefix")
            }
            variants.append(variant)
        }
        var scores = [[ContinuationScore]](repeating: [], count: requests.count)
        defer { evictCaches(heldByteCount - budget.byteCount) }
        for model in turns(of: variants) {
            let stepper = try ready(model)
            let indices = requests.indices.filter { variants[$0].model === model }
            let tasks = indices.map { index in
                let request = requests[index]
                return ScoringTask(
                    variants[index].timeline(
                        for: request.prefix, numerics: request.numerics, on: stepper.engine),
                    prefix: request.prefix, continuations: request.continuations)
            }
            for index in indices { variants[index].lastUse = .now }
            defer { for task in tasks { model.prefixes.keep(task.timeline) } }
            guard let part = try stepper.score(tasks, isInterrupted: isInterrupted) else {
                return nil
            }
            for (index, score) in zip(indices, part) { scores[index] = score }
        }
        return scores
    }
}
