import Basics

/// What `/failures` is asked for: a look at the answers of the last run.
public enum FailuresRequest: Sendable, Equatable {
    /// The worst answers, what flipped, and groups of items; nil: by the run's first metric.
    case show(metric: String?)
    /// One item, by its id or its row number.
    case open(String)
    /// Asks it again, as a turn of its own.
    case again(String)
    /// Keeps it in the failure log with a remark.
    case note(String, String)
    case log
    /// Makes a trap of an item: the trap's name is the item's, and fields that are not given are taken
    /// from it.
    case trap(TrapRequest.Parts)

    init(_ arguments: Arguments) throws(TandemError) {
        var words = try arguments.words()
        switch (words.first, words.count) {
        case (nil, _): self = .show(metric: nil)
        case ("log", 1): self = .log
        case ("open", 2): self = .open(words[1])
        case ("again", 2): self = .again(words[1])
        case ("note", 3...): self = .note(words[1], words[2...].joined(separator: " "))
        case ("trap", _):
            words.removeFirst()
            self = .trap(try TrapRequest.parts(&words, arguments))
        case ("open", _), ("again", _):
            throw arguments.wrong("one item is expected", at: words.last)
        case ("note", _): throw arguments.wrong("an item and a remark are expected")
        default: self = .show(metric: try arguments.only(words))
        }
    }

    var words: [String] {
        switch self {
        case .show(let metric): metric.map { [$0] } ?? []
        case .open(let item): ["open", item]
        case .again(let item): ["again", item]
        case .note(let item, let remark): ["note", item, remark]
        case .log: ["log"]
        case .trap(let parts): ["trap"] + parts.words
        }
    }
}
