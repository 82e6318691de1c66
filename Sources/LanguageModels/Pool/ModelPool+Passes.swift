import Basics
import Inference

extension ModelPool {
    /// Requests that are answered together at most: more would only need more memory for their keys
    /// and values.
    public static let passLimit = 16

    /// Answers requests for variants of one model that are in memory, as many together as there is
    /// memory for their keys and values.
    func answer(
        _ requests: [EncodedRequest], _ variants: [LocalVariant], _ stepper: Stepper,
        isInterrupted: () -> Bool, onEvent: (GenerationEvent) -> Void,
        keep: (_ index: Int, Answer) -> Void
    ) {
        var rest = requests[...]
        while let first = rest.first {
            let model = first.variant.model
            let limit = limit
            let granted = makeRoom(for: first.byteCount, beside: variants, of: model)
            guard granted > first.promptByteCount else {
                let error = noRoomForPrompt(first.prompt.count, first.promptByteCount, granted)
                let answer = Answer(unbegun: first.request, .error, error.description)
                keep(first.index, answer)
                onEvent(.finished(request: first.index, answer))
                rest.removeFirst()
                continue
            }
            var reserved = granted
            var count = 1
            for request in rest.dropFirst().prefix(Self.passLimit - 1) {
                if weightByteCount + reserved + request.byteCount > limit { break }
                reserved += request.byteCount
                count += 1
            }
            let start = ContinuousClock.now
            var generations = rest.prefix(count).map { request in
                LocalGeneration(
                    request, on: stepper.engine,
                    byteLimit: request.index == first.index ? granted : request.byteCount,
                    start: start)
            }
            rest = rest.dropFirst(count)
            evictCaches(heldByteCount + reserved - limit)
            run(&generations, stepper, isInterrupted: isInterrupted, onEvent: onEvent)
            for generation in generations {
                keep(generation.index, generation.answer)
                generation.variant.lastUse = .now
                model.prefixes.keep(generation.timeline)
            }
            evictCaches(heldByteCount - limit)
        }
        stepper.releaseMemory()
    }

    /// Steps all generations of one model together until each has ended.
    private func run(
        _ generations: inout [LocalGeneration], _ stepper: Stepper, isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) {
        func report(_ text: String, _ generation: LocalGeneration) {
            if !text.isEmpty { onEvent(.text(request: generation.index, text)) }
            if generation.finish != nil {
                onEvent(.finished(request: generation.index, generation.answer))
            }
        }
        func end(_ index: Int, _ reason: FinishReason, _ detail: String? = nil) {
            let rest = generations[index].end(reason, detail)
            report(rest, generations[index])
        }
        var going: [Int] { generations.indices.filter { generations[$0].finish == nil } }
        var isComplete = true
        let failed = eachOrAll(going) { indices, _ throws(TandemError) in
            let work = indices.map { (generations[$0].timeline, generations[$0].prompt) }
            isComplete = try stepper.sync(work, isInterrupted: isInterrupted) && isComplete
        }
        for (index, error) in failed { end(index, .error, error.description) }
        if !isComplete {
            for index in going { end(index, .interrupted) }
            return
        }
        var drafts = DraftTable()
        for generation in generations { drafts.learn(all: generation.prompt) }
        var logits = generations.map { [$0.timeline.logits] }
        while true {
            for index in going {
                let text = generations[index].advance(logits[index], learning: &drafts)
                report(text, generations[index])
            }
            if going.isEmpty { return }
            if isInterrupted() {
                for index in going { end(index, .interrupted) }
                return
            }
            let failed = eachOrAll(going) { indices, isAgain throws(TandemError) in
                var rows = indices.count
                let work = indices.map { index in
                    let tokens =
                        isAgain
                        ? generations[index].nextWithoutDraft()
                        : generations[index].next(
                            mayDraft: rows < Stepper.cheapRowLimit, drafts)
                    rows += tokens.count - 1
                    return (timeline: generations[index].timeline, tokens: tokens)
                }
                for (index, rows) in zip(indices, try stepper.step(work)) { logits[index] = rows }
            }
            for (index, error) in failed { end(index, .error, error.description) }
        }
    }

    /// Does `body` for all of `indices` together. Where that fails it is done again for each alone, as
    /// one may fail without the others; results are the same either way.
    /// - Returns: those that fail alone, and why.
    func eachOrAll(
        _ indices: [Int], _ body: ([Int], _ isAgain: Bool) throws(TandemError) -> Void
    ) -> [(index: Int, error: TandemError)] {
        do throws(TandemError) {
            if !indices.isEmpty { try body(indices, false) }
            return []
        } catch {
            return indices.compactMap { index in
                do throws(TandemError) {
                    try body([index], true)
                    return nil
                } catch {
                    return (index, error)
                }
            }
        }
    }
}
