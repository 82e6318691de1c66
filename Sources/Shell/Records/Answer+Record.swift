import Basics
import LanguageModels

extension Answer {
    /// As journals keep it: the event with its times, and the tokens.
    /// - Parameters:
    ///   - turn: which it belongs to, and its prompt.
    ///   - fingerprint: of who gave it; nil where it is not known.
    func record(turn: (number: Int, prompt: String), fingerprint: String?) -> JSON {
        AnswerEvents.event(self, turn: turn, fingerprint: fingerprint, showsTiming: true).record
            .merging([
                "prompt_tokens": .integer(promptTokenCount),
                "reused_tokens": .integer(reusedTokenCount),
                "token_ids": .array(tokenIDs.map { .integer(Int($0)) }),
                "server_status": serverStatus.map { .integer($0) } ?? nil,
            ])
    }

    /// - Parameter settings: those it was asked for with.
    /// - Returns: nil for what is no answer.
    init?(_ record: JSON, settings: GenerationSettings) {
        guard record["type"]?.string == "answer", let variant = record["variant"]?.string,
            let text = record["text"]?.string,
            let finish = record["finish"]?.string.flatMap(FinishReason.init)
        else { return nil }
        self.init(
            variant: variant, text: text,
            tokenIDs: record["token_ids"]?.array?.compactMap {
                $0.integer.flatMap { Int32(exactly: $0) }
            } ?? [],
            promptTokenCount: record["prompt_tokens"]?.integer ?? 0,
            reusedTokenCount: record["reused_tokens"]?.integer ?? 0, finish: finish,
            detail: record["detail"]?.string,
            firstTokenMilliseconds: record["first_token_ms"]?.double ?? 0,
            tokensPerSecond: record["tokens_per_second"]?.double ?? 0, seed: settings.seed,
            numerics: record["numerics"]?.string == nil ? nil : settings.numerics)
        tokenCount = record["tokens"]?.integer
        serverStatus = record["server_status"]?.integer
    }
}
