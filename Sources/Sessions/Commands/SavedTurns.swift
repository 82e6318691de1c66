import Basics

/// Which turns `/save` is about.
public enum SavedTurns: Sendable, Equatable {
    case all
    case last(Int)
    case range(ClosedRange<Int>)

    /// Takes `--last N` or `--turns A-B` from `words`.
    init(_ arguments: Arguments, _ words: inout [String]) throws(TandemError) {
        let last = try arguments.take("--last", from: &words)
        let range = try arguments.take("--turns", from: &words)
        if last != nil, range != nil {
            throw arguments.wrong("--last and --turns exclude each other")
        }
        if let last {
            guard let count = Int(last), count > 0 else {
                throw arguments.wrong("\(last) is not a number of turns", at: last)
            }
            self = .last(count)
        } else if let range {
            let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first ?? nil, let end = ends.last ?? nil, ends.count <= 2,
                first > 0, first <= end
            else { throw arguments.wrong("\(range) is not FIRST-LAST", at: range) }
            self = .range(first...end)
        } else {
            self = .all
        }
    }

    /// The words that read back as this.
    var words: [String] {
        switch self {
        case .all: []
        case .last(let count): ["--last", String(count)]
        case .range(let range): ["--turns", "\(range.lowerBound)-\(range.upperBound)"]
        }
    }

    /// - Throws: `usage` where there are no such turns.
    public func range(of count: Int) throws(TandemError) -> ClosedRange<Int>? {
        switch self {
        case .all: return nil
        case .last(let number):
            if count == 0 { throw TandemError(.usage, "there is no turn yet") }
            return max(1, count - number + 1)...count
        case .range(let range):
            if range.upperBound > count {
                throw TandemError(
                    .usage, "there is no turn \(range.upperBound)",
                    remedy: count == 0 ? "type a prompt first" : "turns go from 1 to \(count)")
            }
            return range
        }
    }
}
