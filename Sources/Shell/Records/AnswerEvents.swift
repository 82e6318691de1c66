import Basics
import LanguageModels

/// The JSON event of an answer.
enum AnswerEvents {
    /// - Parameters:
    ///   - turn: which the answer belongs to, and its prompt.
    ///   - fingerprint: of who gave it; nil where it is not known.
    ///   - showsTiming: times are null without.
    static func event(
        _ answer: Answer, turn: (number: Int, prompt: String), fingerprint: String?,
        showsTiming: Bool
    ) -> JSON {
        [
            "event": "answer", "turn": .integer(turn.number), "variant": .string(answer.variant),
            "prompt": .string(turn.prompt), "text": .string(answer.text),
            "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
            "finish": .string(answer.finish.rawValue),
            "detail": answer.detail.map { .string($0) } ?? nil,
            "first_token_ms": showsTiming ? .number(answer.firstTokenMilliseconds) : nil,
            "tokens_per_second": showsTiming ? .number(answer.tokensPerSecond) : nil,
            "seed": Int(exactly: answer.seed).map { .integer($0) } ?? .string(String(answer.seed)),
            "numerics": (answer.numerics?.label).map { .string($0) } ?? nil,
            "fingerprint": fingerprint.map { .string($0) } ?? nil,
        ]
    }
}
