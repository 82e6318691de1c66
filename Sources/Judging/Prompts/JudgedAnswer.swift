/// An answer that is put before a judge, with what it answers.
public struct JudgedAnswer: Sendable, Equatable {
    public var question: String
    public var response: String
    /// Empty: none.
    public var references: [String]
    /// The instructions that it was given under; empty: none.
    public var system: String

    public init(
        question: String, response: String, references: [String] = [], system: String = ""
    ) {
        self.question = question
        self.response = response
        self.references = references
        self.system = system
    }

    /// Whether there is a letter or a digit: judges have given full points to a lone colon.
    var hasContent: Bool {
        response.unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
                || $0.properties.isEmoji
        }
    }
}
