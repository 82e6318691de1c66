/// An answer and what it is compared with.
public struct ScoredItem: Sendable {
    public let answer: String
    public let references: [String]
    /// What its file calls it.
    public let id: String?

    public init(answer: String, references: [String], id: String? = nil) {
        self.answer = answer
        self.references = references
        self.id = id
    }
}
