/// A class, and the rules that led to it.
public struct TrapFinding: Sendable, Equatable {
    public struct Rule: Sendable, Equatable {
        public enum Name: String, Sendable {
            /// A form of the truth.
            case truth
            case correction
            case falsehood
            /// A form that the answer itself denies, or only reports.
            case denied
            case refusal
            /// Words by which any question is set right: `does not exist`.
            case denial
            /// Another value of what is asked for than the true one.
            case otherValue = "other_value"
            /// A statement where there is nothing to be known.
            case assertion
            /// Words that may deny, where no other rule fired.
            case doubt
            case empty
            /// A few words again and again.
            case repetition
            case nothing
            case judge

            var label: String { self == .otherValue ? "other value" : rawValue }
        }

        public let name: Name
        /// What it fired on, mostly words of the answer; written by a model.
        public let evidence: String

        public init(_ name: Name, _ evidence: String) {
            self.name = name
            self.evidence = evidence
        }

        public var text: String {
            evidence.isEmpty ? name.label : "\(name.label) “\(evidence)”"
        }
    }

    public var found: TrapClass
    public var rules: [Rule]

    public init(_ found: TrapClass, _ rules: [Rule]) {
        self.found = found
        self.rules = rules
    }
}
