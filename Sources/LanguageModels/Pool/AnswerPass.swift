import Basics
import Inference

/// Answers of one model that are generated together; when some have ended, others take their places.
struct AnswerPass {
    private let stepper: Stepper
    private var places: [Place] = []
    private var drafts = DraftTable()

    private struct Place {
        var generation: LocalGeneration
        /// Those that the next token is drawn from, and those after each draft.
        var logits: [[Float]] = []
        let byteCount: Int
    }

    init(_ stepper: Stepper) { self.stepper = stepper }

    var count: Int { places.count }
    /// Bytes of keys and values that may still be taken.
    var reservedByteCount: Int { places.reduce(0) { $0 + $1.byteCount } }

    /// Computes the prompts of further answers together, and draws their first tokens.
    /// - Parameter new: with the bytes that each may take.
    mutating func begin(
        _ new: [(generation: LocalGeneration, byteCount: Int)], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) {
        let first = places.count
        places += new.map { Place(generation: $0.generation, byteCount: $0.byteCount) }
        let indices = Array(first..<places.count)
        var isComplete = true
        let failed = ModelPool.eachOrAll(indices) { indices, _ throws(TandemError) in
            let work = indices.map {
                (places[$0].generation.timeline, places[$0].generation.prompt)
            }
            isComplete = try stepper.sync(work, isInterrupted: isInterrupted) && isComplete
        }
        for (index, error) in failed { end(index, .error, error.description, onEvent: onEvent) }
        if !isComplete {
            for index in indices { end(index, .interrupted, onEvent: onEvent) }
            return
        }
        for index in indices {
            drafts.learn(all: places[index].generation.prompt)
            places[index].logits = [places[index].generation.timeline.logits]
        }
        draw(indices, onEvent: onEvent)
    }

    /// Computes and draws the next tokens of all answers.
    mutating func step(onEvent: (GenerationEvent) -> Void) {
        let going = places.indices.filter { places[$0].generation.finish == nil }
        let failed = ModelPool.eachOrAll(going) { indices, isAgain throws(TandemError) in
            var rows = indices.count
            let work = indices.map { index in
                let tokens =
                    isAgain
                    ? places[index].generation.nextWithoutDraft()
                    : places[index].generation.next(
                        mayDraft: rows < Stepper.cheapRowLimit, drafts)
                rows += tokens.count - 1
                return (timeline: places[index].generation.timeline, tokens: tokens)
            }
            for (index, rows) in zip(indices, try stepper.step(work)) {
                places[index].logits = rows
            }
        }
        for (index, error) in failed { end(index, .error, error.description, onEvent: onEvent) }
        draw(going, onEvent: onEvent)
    }

    /// Ends all answers where they are.
    mutating func interrupt(onEvent: (GenerationEvent) -> Void) {
        for index in places.indices { end(index, .interrupted, onEvent: onEvent) }
    }

    /// Takes out the answers that have ended.
    mutating func takeEnded() -> [LocalGeneration] {
        let ended = places.filter { $0.generation.finish != nil }.map(\.generation)
        places.removeAll { $0.generation.finish != nil }
        return ended
    }

    private mutating func draw(_ indices: [Int], onEvent: (GenerationEvent) -> Void) {
        for index in indices where places[index].generation.finish == nil {
            let text = places[index].generation.advance(places[index].logits, learning: &drafts)
            report(text, index, onEvent: onEvent)
        }
    }

    /// Ends an answer that has not ended by itself.
    private mutating func end(
        _ index: Int, _ reason: FinishReason, _ detail: String? = nil,
        onEvent: (GenerationEvent) -> Void
    ) {
        guard places[index].generation.finish == nil else { return }
        let text = places[index].generation.end(reason, detail)
        report(text, index, onEvent: onEvent)
    }

    private func report(_ text: String, _ index: Int, onEvent: (GenerationEvent) -> Void) {
        let generation = places[index].generation
        if !text.isEmpty { onEvent(.text(request: generation.index, text)) }
        if generation.finish != nil {
            onEvent(.finished(request: generation.index, generation.answer))
        }
    }
}
