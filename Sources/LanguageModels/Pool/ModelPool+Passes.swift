import Basics
import Inference

extension ModelPool {
    /// Requests that are answered together at most: more would only need more memory for their keys
    /// and values.
    public static let passLimit = 16
    /// Answers that begin beside others do so when there are so many places: their prompts are
    /// computed together.
    private static let refillCount = 4

    /// Answers requests for variants of one model that are in memory, as many together as there is
    /// memory for their keys and values.
    func answer(
        _ requests: [EncodedRequest], _ variants: [LocalVariant], _ stepper: Stepper,
        isInterrupted: () -> Bool, onEvent: (GenerationEvent) -> Void,
        keep: (_ index: Int, Answer) -> Void
    ) {
        defer { stepper.releaseMemory() }
        func refuse(_ request: EncodedRequest, _ finish: FinishReason, _ detail: String? = nil) {
            let answer = Answer(unbegun: request.request, finish, detail)
            keep(request.index, answer)
            onEvent(.finished(request: request.index, answer))
        }
        var rest = requests[...]
        var pass = AnswerPass(stepper)
        while !rest.isEmpty || pass.count > 0 {
            if isInterrupted() {
                pass.interrupt(onEvent: onEvent)
                for request in rest { refuse(request, .interrupted) }
                rest = []
            } else {
                let places = Self.passLimit - pass.count
                if let first = rest.first, pass.count == 0 || places >= Self.refillCount {
                    switch admit(&rest, to: pass, beside: variants, stepper.engine) {
                    case .success(let new):
                        pass.begin(new, isInterrupted: isInterrupted, onEvent: onEvent)
                    case .failure(let error): refuse(first, .error, error.description)
                    }
                }
                pass.step(onEvent: onEvent)
            }
            for generation in pass.takeEnded() {
                keep(generation.index, generation.answer)
                generation.variant.lastUse = .now
                generation.variant.model.prefixes.keep(generation.timeline)
            }
            evictCaches(heldByteCount + pass.reservedByteCount - limit)
        }
    }

    private typealias Admitted = [(generation: LocalGeneration, byteCount: Int)]

    /// Takes those from the front of `rest` that there is memory for.
    /// - Returns: `limit`, and the first taken, where there is none even for its prompt alone.
    private func admit(
        _ rest: inout ArraySlice<EncodedRequest>, to pass: AnswerPass,
        beside variants: [LocalVariant], _ engine: Engine
    ) -> Result<Admitted, TandemError> {
        var taken: [(request: EncodedRequest, byteCount: Int)] = []
        var reserved = pass.reservedByteCount
        let limit = limit
        if pass.count == 0, let first = rest.popFirst() {
            let granted = makeRoom(for: first.byteCount, beside: variants, of: first.variant.model)
            guard granted > first.promptByteCount else {
                return .failure(
                    noRoomForPrompt(first.prompt.count, first.promptByteCount, granted))
            }
            taken.append((first, granted))
            reserved += granted
        }
        while pass.count + taken.count < Self.passLimit, let next = rest.first,
            weightByteCount + reserved + next.byteCount <= limit
        {
            rest.removeFirst()
            taken.append((next, next.byteCount))
            reserved += next.byteCount
        }
        let start = ContinuousClock.now
        let new = taken.map { request, byteCount in
            let generation = LocalGeneration(
                request, on: engine, byteLimit: byteCount, start: start)
            return (generation: generation, byteCount: byteCount)
        }
        evictCaches(heldByteCount + reserved - limit)
        return .success(new)
    }

    /// Does `body` for all of `indices` together. Where that fails it is done again for each alone, as
    /// one may fail without the others; results are the same either way.
    /// - Returns: those that fail alone, and why.
    static func eachOrAll(
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
