/// An answer and what it is compared with.
public struct ScoredItem: Sendable {
    public let answer: String
    public let references: [String]

    public init(answer: String, references: [String]) {
        self.answer = answer
        self.references = references
    }
}
