import Basics

/// What an answer is scored by: criteria whose points add up to ten, and the text that puts question
/// and answer before a judge.
public struct Rubric: Sendable, Equatable {
    public struct Criterion: Sendable, Equatable {
        public let name: String
        /// The most that can be earned; the least is 0.
        public let points: Int
        /// What earns them.
        public let description: String
    }

    /// What a prompt can hold.
    public enum Placeholder: String, Sendable, CaseIterable {
        case question, response, reference, system
    }

    public let name: String
    public let summary: String
    public let criteria: [Criterion]
    /// With `{question}` and the others.
    public let prompt: String
    /// SHA-256 of the file: judgements by another version are others.
    public let version: String

    /// What all points add up to; the scale of a score is 1 to this.
    public static let total = 10

    init(
        name: String, summary: String, criteria: [Criterion], prompt: String, version: String
    ) {
        self.name = name
        self.summary = summary
        self.criteria = criteria
        self.prompt = prompt
        self.version = version
    }

    /// Whether an answer without a reference cannot be scored by it.
    public var needsReference: Bool { prompt.contains("{reference}") }

    /// The sum of the points; nothing earned is the scale's end, 1.
    public static func score(_ points: [Int]) -> Double { Double(max(1, points.reduce(0, +))) }
}

extension Rubric {
    /// What a judge is asked for `answer`: roles and texts.
    public func messages(for answer: JudgedAnswer) -> [(role: String, text: String)] {
        ScoringPrompt(rubric: self, answer: answer).messages.map { ($0.role, $0.content) }
    }

    /// The shape of a reply, as JSON Schema.
    public var schema: JSON {
        ScoringPrompt(
            rubric: self, answer: JudgedAnswer(question: "", response: "")
        ).schema
    }
}
