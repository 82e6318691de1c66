/// A prompt or an answer that holds what was searched for.
public struct SessionMatch: Sendable, Equatable {
    public let session: String
    public let turn: Int
    /// Who answered; nil: it is the prompt.
    public let variant: String?
    public let text: String
    /// Where the match begins, in bytes of UTF-8.
    public let offset: Int
}
