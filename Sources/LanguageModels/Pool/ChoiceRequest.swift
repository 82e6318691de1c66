/// Texts that an answer could begin with, of which a variant's probabilities are asked.
public struct ChoiceRequest: Sendable, Equatable {
    /// The variant's name in the pool.
    public var variant: String
    public var messages: [Message]
    /// What the answer has begun with.
    public var opening: String
    /// Different texts.
    public var choices: [String]

    public init(variant: String, messages: [Message], opening: String, choices: [String]) {
        self.variant = variant
        self.messages = messages
        self.opening = opening
        self.choices = choices
    }
}
