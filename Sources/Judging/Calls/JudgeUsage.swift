import LanguageModels

/// What a judge's calls took, as servers count it; those that were known cost nothing.
public struct JudgeUsage: Sendable, Equatable {
    public var calls = 0
    public var cachedCalls = 0
    public var promptTokens = 0
    public var tokens = 0
    /// Calls of which the server did not say what they took.
    public var uncountedCalls = 0

    mutating func add(_ answer: Answer) {
        calls += 1
        if let count = answer.tokenCount {
            tokens += count
            promptTokens += answer.promptTokenCount
        } else {
            uncountedCalls += 1
        }
    }
}
