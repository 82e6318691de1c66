/// What could stand at the cursor, as a completer found it.
public struct Completion: Sendable, Equatable {
    /// One possibility.
    public struct Candidate: Sendable, Equatable, ExpressibleByStringLiteral {
        /// What replaces the word before the cursor, quoted as the line needs it.
        public var text: String
        /// What the list shows; for a path only its last part.
        public var label: String
        /// Whether a space follows when it is the only candidate; not so after a folder.
        public var isComplete: Bool

        public init(_ text: String, label: String? = nil, isComplete: Bool = true) {
            self.text = text
            self.label = label ?? text
            self.isComplete = isComplete
        }

        public init(stringLiteral text: String) { self.init(text) }
    }

    /// The end of the text before the cursor, which a candidate replaces.
    public var word: String
    /// The candidates, in the order to list them.
    public var candidates: [Candidate]

    public init(word: String, candidates: [Candidate]) {
        self.word = word
        self.candidates = candidates
    }

    /// Nothing fits.
    public static let none = Completion(word: "", candidates: [])

    /// The longest beginning that all candidates share.
    package var sharedBeginning: String {
        guard var shared = candidates.first?.text.unicodeScalars.map(\.self) else { return "" }
        for candidate in candidates.dropFirst() {
            let matching = zip(shared, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
            shared.removeLast(shared.count - matching)
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: shared)
        return String(view)
    }
}
