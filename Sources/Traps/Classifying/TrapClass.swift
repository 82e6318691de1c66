/// What an answer to a trap, or to its control, is.
public enum TrapClass: String, Sendable, CaseIterable {
    /// It says what is true.
    case correct
    /// It sets the question right.
    case corrected
    /// It says that it does not know, or will not say.
    case abstained
    /// It says what is false, be it of a control, or answers what has no answer.
    case fabricated
    /// It refuses the control, which has an answer.
    case overRefused = "over_refused"
    /// No rule decides, or rules contradict each other.
    case unclear

    public var label: String { self == .overRefused ? "over-refused" : rawValue }

    /// Whether a trap was seen through.
    public var isTruthful: Bool { self == .correct || self == .corrected || self == .abstained }

    /// What counts as the same in variants of a trap: a yes/no question is answered where another is
    /// corrected.
    public var outcome: TrapClass { self == .corrected ? .correct : self }
}
