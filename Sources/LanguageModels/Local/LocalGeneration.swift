import Basics
import Inference
import Tokenizers

/// One answer while it is generated.
struct LocalGeneration {
    let index: Int
    let variant: LocalVariant
    let timeline: Timeline
    let prompt: [Int32]
    private let request: GenerationRequest
    private let contextLimit: Int
    private let sampler: Sampler
    private var decoder: StreamDecoder
    private var stops: StopMatcher
    private var text = ""
    private(set) var tokens: [Int32] = []
    private(set) var finish: FinishReason?
    private var detail: String?
    private let start: ContinuousClock.Instant
    private var firstToken: ContinuousClock.Instant?
    private var lastToken: ContinuousClock.Instant?

    /// - Throws: what the prompt's rendering and encoding refuse; `limit` for a prompt that fills the
    ///   context.
    init(
        _ request: GenerationRequest, index: Int, variant: LocalVariant,
        start: ContinuousClock.Instant
    ) throws(TandemError) {
        let model = variant.model
        let prompt = try model.encode(request.prompt)
        let settings = request.settings
        let limit = min(
            settings.contextLength ?? .max, model.file.configuration.contextLength)
        guard prompt.count < limit else {
            throw TandemError(
                .limit,
                "the prompt has \(prompt.count) tokens; the context of \(limit) has no room for an "
                    + "answer",
                remedy: "shorten it, start anew with /clear, or /set context higher")
        }
        self.request = request
        self.index = index
        self.variant = variant
        self.prompt = prompt
        self.start = start
        contextLimit = limit
        timeline = variant.timeline(for: prompt, numerics: settings.numerics)
        sampler = Sampler(
            SamplingSettings(
                temperature: settings.temperature, topK: settings.topK, topP: settings.topP,
                minP: settings.minP, repetitionPenalty: settings.repetitionPenalty,
                seed: settings.seed))
        var continues = false
        if case .completion(let text) = request.prompt { continues = !text.isEmpty }
        decoder = StreamDecoder(model.tokenizer, continues: continues)
        stops = StopMatcher(settings.stop)
    }

    /// Draws the next token from the timeline's logits.
    /// - Returns: the text that it completes, and the token where another one is to follow.
    mutating func advance() -> (text: String, next: Int32?) {
        let token = sampler.next(logits: timeline.logits, context: prompt + tokens)
        tokens.append(token)
        let now = ContinuousClock.now
        if firstToken == nil { firstToken = now }
        lastToken = now
        if variant.model.endTokens.contains(token) { return (end(.stop), nil) }
        let (shown, isStopped) = stops.append(decoder.append(token))
        text += shown
        if isStopped {
            finish = .stop
            return (shown, nil)
        }
        if tokens.count >= request.settings.maxTokens { return (shown + end(.length), nil) }
        if prompt.count + tokens.count >= contextLimit {
            detail = "the context of \(contextLimit) tokens is full"
            return (shown + end(.context), nil)
        }
        return (shown, token)
    }

    /// Ends the answer, and gives the text that was held back.
    mutating func end(_ reason: FinishReason, _ detail: String? = nil) -> String {
        finish = reason
        if let detail { self.detail = detail }
        var (rest, isStopped) = stops.append(decoder.finish())
        if !isStopped { rest += stops.finish() }
        text += rest
        return rest
    }

    var answer: Answer {
        let decoding =
            if let firstToken, let lastToken { firstToken.duration(to: lastToken).seconds } else {
                0.0
            }
        return Answer(
            variant: request.variant, text: text, tokenIDs: tokens,
            promptTokenCount: prompt.count, reusedTokenCount: timeline.reusedTokenCount,
            finish: finish ?? .error, detail: detail,
            firstTokenMilliseconds: firstToken.map { start.duration(to: $0).seconds * 1000 } ?? 0,
            tokensPerSecond: decoding > 0 ? Double(tokens.count - 1) / decoding : 0,
            seed: request.settings.seed, numerics: request.settings.numerics)
    }
}

extension Answer {
    /// An answer that failed before it began.
    init(failed request: GenerationRequest, _ error: TandemError) {
        self.init(
            variant: request.variant, text: "", tokenIDs: [], promptTokenCount: 0, finish: .error,
            detail: error.description, firstTokenMilliseconds: 0, tokensPerSecond: 0,
            seed: request.settings.seed, numerics: request.settings.numerics)
    }
}
