import Basics
import Inference

extension ModelPool {
    /// Requests that are answered together at most: more would only need more memory for their keys
    /// and values.
    public static let passLimit = 16

    public func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer] {
        var variants: [LocalVariant] = []
        for request in requests { variants.append(try variant(request.variant)) }
        var answers = [Answer?](repeating: nil, count: requests.count)
        func end(_ index: Int, _ finish: FinishReason, _ detail: String? = nil) {
            let answer = Answer(unbegun: requests[index], finish, detail)
            answers[index] = answer
            onEvent(.finished(request: index, answer))
        }
        for model in turns(of: variants) {
            var rest = requests.indices.filter { variants[$0].model === model }[...]
            if !isIn(model), isInterrupted() {
                for index in rest { end(index, .interrupted) }
                continue
            }
            do throws(TandemError) {
                let stepper = try ready(model)
                while !rest.isEmpty {
                    let pass = rest.prefix(Self.passLimit)
                    rest = rest.dropFirst(pass.count)
                    let start = ContinuousClock.now
                    var generations: [LocalGeneration] = []
                    for index in pass {
                        do throws(TandemError) {
                            generations.append(
                                try LocalGeneration(
                                    requests[index], index: index, variant: variants[index],
                                    on: stepper.engine, start: start))
                        } catch {
                            end(index, .error, error.description)
                        }
                    }
                    run(&generations, stepper, isInterrupted: isInterrupted, onEvent: onEvent)
                    for generation in generations {
                        answers[generation.index] = generation.answer
                        generation.variant.lastUse = .now
                        model.prefixes.keep(generation.timeline)
                    }
                }
            } catch {
                for index in rest { end(index, .error, error.description) }
            }
        }
        evictCaches(heldByteCount - budget.byteCount)
        return answers.compactMap(\.self)
    }

    /// The models of `variants`: first those that are in memory, so that none goes out before it has
    /// answered; among them, and after them, in the order of the variants.
    func turns(of variants: [LocalVariant]) -> [LocalModel] {
        var models: [LocalModel] = []
        for variant in variants where !models.contains(where: { $0 === variant.model }) {
            models.append(variant.model)
        }
        return models.filter(isIn) + models.filter { !isIn($0) }
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
        func endAll(_ reason: FinishReason, _ detail: String? = nil) {
            for index in generations.indices where generations[index].finish == nil {
                let rest = generations[index].end(reason, detail)
                report(rest, generations[index])
            }
        }
        do throws(TandemError) {
            let isComplete = try stepper.sync(
                generations.map { ($0.timeline, $0.prompt) }, isInterrupted: isInterrupted)
            if !isComplete { return endAll(.interrupted) }
            var drafts = DraftTable()
            for generation in generations { drafts.learn(all: generation.prompt) }
            var logits = generations.map { [$0.timeline.logits] }
            while true {
                let going = generations.indices.filter { generations[$0].finish == nil }
                for index in going {
                    let text = generations[index].advance(logits[index], learning: &drafts)
                    report(text, generations[index])
                }
                let steps = going.filter { generations[$0].finish == nil }
                if steps.isEmpty { return }
                if isInterrupted() { return endAll(.interrupted) }
                var rows = steps.count
                let work = steps.map { index in
                    let tokens = generations[index].next(
                        mayDraft: rows < Stepper.cheapRowLimit, drafts)
                    rows += tokens.count - 1
                    return (timeline: generations[index].timeline, tokens: tokens)
                }
                for (index, rows) in zip(steps, try stepper.step(work)) { logits[index] = rows }
            }
        } catch {
            endAll(.error, error.description)
        }
    }
}
