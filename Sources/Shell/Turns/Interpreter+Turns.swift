import Basics
import LanguageModels
import LineEditor

/// Prompts through the lineup.
extension Interpreter {
    func generate(
        _ prompt: String, _ requests: [GenerationRequest], references: [String] = []
    ) throws(TandemError) {
        if let begun = unfinishedTurns.first, begun.plan.prompt == prompt {
            unfinishedTurns.removeFirst()
            return try answer(begun.plan, begun)
        }
        let plan = TurnPlan(
            number: turns.count + 1, prompt: prompt, requests: requests, references: references)
        note(plan.record, canWait: true)
        try answer(plan)
    }

    /// Generates the answers of a turn, each kept when it is finished, and shows them.
    /// - Parameter begun: the same turn with the answers that were there before the session was resumed.
    private func answer(_ plan: TurnPlan, _ begun: KeptTurn? = nil) throws(TandemError) {
        var answers = plan.requests.map { request in
            begun?.answers.first { $0.variant == request.variant }
        }
        var identities: [TurnIdentity] = []
        for (request, answer) in zip(plan.requests, answers) {
            if let begun, answer != nil {
                identities.append(identity(request.variant, in: begun))
            } else {
                identities.append(.loaded(try source.identity(of: request.variant)))
            }
        }
        let renderer = output.display
        renderer.begin(
            plan.number, prompt: plan.prompt, variants: plan.requests.map(\.variant))
        for (index, answer) in answers.enumerated() {
            guard let answer else { continue }
            renderer.event(.text(request: index, answer.text))
            renderer.event(.finished(request: index, answer))
        }
        let missing = answers.indices.filter { answers[$0] == nil }
        let given = try InterruptFlag.watching { () throws(TandemError) in
            try source.generate(
                missing.map { plan.requests[$0] }, isInterrupted: { InterruptFlag.isRaised },
                onEvent: { event in
                    let event = event.renumbered(missing)
                    if case .finished(let index, let answer) = event {
                        note(
                            answer.record(
                                turn: (plan.number, plan.prompt),
                                fingerprint: identities[index].knownFingerprint(answer.numerics)))
                    }
                    renderer.event(event)
                })
        }
        for (index, answer) in zip(missing, given) { answers[index] = answer }
        let turn = Turn(plan, answers: answers.compactMap(\.self), identities: identities)
        add(turn)
        wasInterrupted = turn.answers.contains { $0.finish == .interrupted }
        hadFailure = hadFailure || turn.answers.contains { $0.finish == .error }
        renderer.end(turn)
    }

    /// A turn that is over: the next prompt continues its conversation.
    func add(_ turn: Turn) {
        recorder.add(.turn(turns.count))
        turns.append(turn)
        guard keepsConversation else { return }
        for (request, answer) in zip(turn.requests, turn.answers) where answer.finish != .error {
            guard case .chat(let messages) = request.prompt else { continue }
            conversations[request.variant] =
                messages.filter { $0.role != "system" }
                + [Message(role: "assistant", content: answer.text)]
        }
    }
}
