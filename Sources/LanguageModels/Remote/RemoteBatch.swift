import Basics
import HTTP

/// Answers of servers that come at the same time, beside whatever else the thread does.
final class RemoteBatch {
    private let client: HTTPClient?
    private var generations: [RemoteGeneration] = []

    /// Queues the requests; what cannot be asked has ended by then.
    /// - Parameter client: nil where there are no requests.
    init(
        _ client: HTTPClient?,
        _ requests: [(index: Int, request: GenerationRequest, variant: RemoteVariant)]
    ) {
        self.client = client
        for (index, request, variant) in requests {
            let generation = RemoteGeneration(
                request, index: index, variant: variant, start: .now)
            generations.append(generation)
            variant.lastUse = .now
            do throws(TandemError) {
                let asked = try RemoteRequest(
                    request, variant.server.model, variant.capabilities)
                client?.send(variant.server.post(asked.path, asked.body), to: generation)
            } catch {
                generation.refuse(error)
            }
        }
    }

    var isFinished: Bool { generations.allSatisfy { $0.answer != nil } }

    /// By the index of the request.
    var answers: [(index: Int, answer: Answer)] {
        generations.compactMap { generation in generation.answer.map { (generation.index, $0) } }
    }

    /// Does what can be done, waits up to `milliseconds` where nothing can, and tells what happened.
    func pump(milliseconds: Int, onEvent: (GenerationEvent) -> Void) {
        if generations.isEmpty { return }
        if !isFinished { client?.pump(milliseconds: milliseconds) }
        for generation in generations {
            for event in generation.takeEvents() { onEvent(event) }
        }
    }

    /// Ends what still runs; partial texts stay.
    func interrupt() { if !isFinished { client?.cancelAll() } }
}
