/// What a million tokens cost, in the currency of the bill.
public struct TokenPrice: Sendable, Equatable {
    public var prompt: Double
    public var answer: Double

    /// Reads `PROMPT/ANSWER`, such as `0.15/0.60`.
    /// - Returns: nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prompt = Double(parts[0]), let answer = Double(parts[1]),
            prompt >= 0, answer >= 0, prompt.isFinite, answer.isFinite
        else { return nil }
        self.prompt = prompt
        self.answer = answer
    }

    public func cost(promptTokens: Int, tokens: Int) -> Double {
        (Double(promptTokens) * prompt + Double(tokens) * answer) / 1e6
    }
}
