/// What `/history` is asked for.
public enum HistoryRequest: Sendable, Equatable {
    /// The sessions; all of them, or the last.
    case sessions(isAll: Bool)
    /// Prompts and answers that hold a text.
    case search(String)

    static let all = "--all"

    /// - Parameter text: what follows the command's name.
    init(_ text: String) {
        switch text {
        case "": self = .sessions(isAll: false)
        case Self.all: self = .sessions(isAll: true)
        default: self = .search(text)
        }
    }

    /// The text that reads back as this.
    var text: String {
        switch self {
        case .sessions(let isAll): isAll ? Self.all : ""
        case .search(let text): text
        }
    }
}
