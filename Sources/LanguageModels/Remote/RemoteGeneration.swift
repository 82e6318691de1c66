import Basics
import HTTP

/// One answer of a server while it comes.
final class RemoteGeneration: HTTPReceiver {
    let index: Int
    private let request: GenerationRequest
    private let variant: RemoteVariant
    private let start: ContinuousClock.Instant
    private var reader: RemoteAnswerReader
    private var firstText: ContinuousClock.Instant?
    private var lastText: ContinuousClock.Instant?
    /// What has happened and was not told yet.
    private var events: [GenerationEvent] = []
    /// Nil until it is over.
    private(set) var answer: Answer?

    init(
        _ request: GenerationRequest, index: Int, variant: RemoteVariant,
        start: ContinuousClock.Instant
    ) {
        self.index = index
        self.request = request
        self.variant = variant
        self.start = start
        reader = RemoteAnswerReader(variant.server, contentType: "")
    }

    /// What happened since the last call.
    func takeEvents() -> [GenerationEvent] {
        defer { events = [] }
        return events
    }

    func begin(contentType: String) {
        reader = RemoteAnswerReader(variant.server, contentType: contentType)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (text, isOver) = reader.append(bytes)
        show(text)
        return !isOver
    }

    func end() -> HTTPFailure? {
        let (text, failure) = reader.end()
        if failure == nil { show(text) }
        return failure
    }

    var mayRepeat: Bool { firstText == nil }

    func finish(_ failure: HTTPFailure?) {
        let isInterrupted = failure?.kind == .interrupted
        var detail = failure.map { isInterrupted ? nil : $0.error.description } ?? reader.detail
        var finish = reader.finish ?? .stop
        if failure != nil { finish = isInterrupted ? .interrupted : .error }
        if detail == nil, finish == .stop, request.settings.temperature > 0 {
            detail = variant.capabilities.seed.reason.map {
                "stop; drawn without a seed: \($0)"
            }
        }
        var answer = answer(finish, detail.map(variant.server.redacted))
        if case .status(let status)? = failure?.kind { answer.serverStatus = status }
        self.answer = answer
        events.append(.finished(request: index, answer))
    }

    /// Ends it before it was sent.
    func refuse(_ error: TandemError) {
        let answer = answer(.error, error.description)
        self.answer = answer
        events.append(.finished(request: index, answer))
    }

    private func show(_ text: String) {
        if text.isEmpty { return }
        let now = ContinuousClock.now
        if firstText == nil { firstText = now }
        lastText = now
        events.append(.text(request: index, text))
    }

    private func answer(_ finish: FinishReason, _ detail: String?) -> Answer {
        var rate = 0.0
        if let firstText, let lastText, let count = reader.tokenCount {
            let seconds = firstText.duration(to: lastText).seconds
            if seconds > 0 { rate = Double(count - 1) / seconds }
        }
        var answer = Answer(
            variant: request.variant, text: variant.server.redacted(reader.text), tokenIDs: [],
            promptTokenCount: reader.promptTokenCount ?? 0, finish: finish, detail: detail,
            firstTokenMilliseconds: firstText.map { start.duration(to: $0).seconds * 1000 } ?? 0,
            tokensPerSecond: rate, seed: request.settings.seed, numerics: nil)
        answer.tokenCount = reader.tokenCount
        return answer
    }
}
