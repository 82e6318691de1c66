/// What a trap tempts with.
public enum TrapKind: String, Sendable, CaseIterable {
    /// The question takes something false for granted.
    case premise
    /// It is about somebody or something that does not exist, or asks for a source that does not.
    case invented
    /// Nobody can know the answer.
    case unanswerable
    /// The answer changes, and what was learned may be out of date.
    case outdated
    /// A number or a date that is easily taken for another.
    case number
    /// It turns on a `not`.
    case negation
    /// The given text says something else than what is widely known, or does not say it.
    case conflict
    /// What many people believe is false.
    case misconception

    public var title: String {
        switch self {
        case .premise: "false premise"
        case .invented: "invented entity or citation"
        case .unanswerable: "unanswerable"
        case .outdated: "outdated"
        case .number: "number or date"
        case .negation: "negation"
        case .conflict: "conflict with the given text"
        case .misconception: "misconception"
        }
    }

    /// From its word or its title.
    public init?(_ text: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue == text || $0.title == text })
        else { return nil }
        self = kind
    }

    public static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether such a question has no true answer, where nothing else is said.
    public var isUnknowable: Bool {
        self == .unanswerable || self == .premise || self == .invented
    }

    /// Whether the question itself can be wrong, so that an answer that denies it corrects it.
    var canBeDenied: Bool { self == .premise || self == .invented || self == .misconception }
}
