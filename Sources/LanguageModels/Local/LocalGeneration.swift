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
    /// The most tokens that there is memory for.
    private let positionLimit: Int
    private let sampler: Sampler
    private var decoder: StreamDecoder
    private var stops: StopMatcher
    private var text = ""
    private(set) var tokens: [Int32] = []
    /// Tokens that the timeline holds on trial: they count if they are drawn.
    private var drafts: [Int32] = []
    private var hits = HitRate()
    private(set) var finish: FinishReason?
    private var detail: String?
    private let start: ContinuousClock.Instant
    private var firstToken: ContinuousClock.Instant?
    private var lastToken: ContinuousClock.Instant?

    /// - Parameters:
    ///   - engine: with the variant's adapter in memory.
    ///   - byteLimit: bytes that its keys and values may take: at least those of the prompt.
    init(
        _ encoded: EncodedRequest, on engine: Engine, byteLimit: Int,
        start: ContinuousClock.Instant
    ) {
        request = encoded.request
        index = encoded.index
        variant = encoded.variant
        prompt = encoded.prompt
        contextLimit = encoded.contextLimit
        positionLimit = encoded.positions(within: byteLimit)
        self.start = start
        let settings = request.settings
        timeline = variant.timeline(for: prompt, numerics: settings.numerics, on: engine)
        sampler = Sampler(
            SamplingSettings(
                temperature: settings.temperature, topK: settings.topK, topP: settings.topP,
                minP: settings.minP, repetitionPenalty: settings.repetitionPenalty,
                seed: settings.seed))
        decoder = StreamDecoder(variant.model.tokenizer, continues: request.prompt.isContinued)
        stops = StopMatcher(settings.stop)
    }

    /// Draws the next tokens: one, and one more for each draft that is what was drawn.
    /// - Parameter logits: those before the drafts and after each, [drafts + 1][vocabularySize].
    /// - Returns: the text that they complete.
    mutating func advance(_ logits: [[Float]], learning table: inout DraftTable) -> String {
        var shown = ""
        for (index, row) in logits.enumerated() {
            let guess = table.guess(after: prompt, tokens)
            let token = draw(row, &shown)
            if let guess { hits.add(guess == token) }
            table.learn(prompt, tokens)
            if finish != nil || index >= drafts.count || drafts[index] != token { break }
        }
        drafts = []
        timeline.truncate(to: prompt.count + tokens.count - 1)
        return shown
    }

    /// What the timeline is to hold next: the last token, and a draft of the one after it where that
    /// is likely to be right.
    mutating func next(mayDraft: Bool, _ table: DraftTable) -> [Int32] {
        let isLast =
            tokens.count + 1 >= request.settings.maxTokens
            || prompt.count + tokens.count + 1 >= min(contextLimit, positionLimit)
        if mayDraft, !isLast, hits.isHigh, let guess = table.guess(after: prompt, tokens) {
            drafts = [guess]
        }
        return tokens.suffix(1) + drafts
    }

    /// The same without a draft: what is never drawn must not make an answer fail.
    mutating func nextWithoutDraft() -> [Int32] {
        drafts = []
        return tokens.suffix(1)
    }

    /// Draws one token, and adds the text that it completes to `shown`.
    private mutating func draw(_ logits: [Float], _ shown: inout String) -> Int32 {
        let token = sampler.next(logits: logits, context: prompt + tokens)
        tokens.append(token)
        let now = ContinuousClock.now
        if firstToken == nil { firstToken = now }
        lastToken = now
        if variant.model.endTokens.contains(token) {
            shown += end(.stop)
            return token
        }
        let (more, isStopped) = stops.append(decoder.append(token))
        text += more
        shown += more
        if isStopped {
            finish = .stop
        } else if tokens.count >= request.settings.maxTokens {
            shown += end(.length)
        } else if prompt.count + tokens.count >= contextLimit {
            detail = "the context of \(contextLimit) tokens is full"
            shown += end(.context)
        } else if prompt.count + tokens.count > positionLimit {
            shown += end(
                .error,
                "there is memory for the keys and values of \(positionLimit) tokens; raise the budget "
                    + "with /budget, or /set cache f16")
        }
        return token
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
    /// An answer that ended before it began.
    init(unbegun request: GenerationRequest, _ finish: FinishReason, _ detail: String? = nil) {
        self.init(
            variant: request.variant, text: "", tokenIDs: [], promptTokenCount: 0, finish: finish,
            detail: detail, firstTokenMilliseconds: 0, tokensPerSecond: 0,
            seed: request.settings.seed, numerics: request.settings.numerics)
    }
}
