/// Which turns a command is about, or whether it is about the rows of the last run.
public enum TurnChoice: Sendable, Equatable {
    case last, all, run
    case number(Int)

    /// Takes `all`, `run` or a number from the front of `words`.
    init(from words: inout [String]) {
        switch words.first {
        case "all": self = .all
        case "run": self = .run
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
        case .run: ["run"]
        case .number(let number): [String(number)]
        }
    }
}
