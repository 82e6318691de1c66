/// Which turns a command is about.
public enum TurnChoice: Sendable, Equatable {
    case last, all
    case number(Int)

    /// Takes `all` or a number from the front of `words`.
    init(from words: inout [String]) {
        switch words.first {
        case "all": self = .all
        case let word?:
            guard let number = Int(word) else {
                self = .last
                return
            }
            self = .number(number)
        case nil: self = .last
        }
        if self != .last { words.removeFirst() }
    }

    /// The word that reads back as this.
    var words: [String] {
        switch self {
        case .last: []
        case .all: ["all"]
        case .number(let number): [String(number)]
        }
    }
}
