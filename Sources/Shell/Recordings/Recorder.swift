import Basics
import Sessions

/// Gathers what commands give, for `/save`.
final class Recorder {
    private(set) var commands: [RecordedCommand] = []
    private var results: [RecordedCommand.Result] = []

    /// What was shown and said so far.
    var records: [JSON] {
        (commands.flatMap(\.results) + results).compactMap { result in
            if case .record(let record) = result { record } else { nil }
        }
    }

    func add(_ result: RecordedCommand.Result) { results.append(result) }

    /// A command is done, and stands in a script with what came since the last one.
    /// - Parameters:
    ///   - turnCount: how many turns there are now.
    ///   - isWhole: whether all its results are there: not those of a session that is resumed, or
    ///     of what was interrupted.
    func finish(_ command: Command, turnCount: Int, isWhole: Bool = true) {
        let isTurn = results.contains { if case .turn = $0 { true } else { false } }
        commands.append(
            RecordedCommand(
                command: command, results: command.isLook ? [] : results,
                turnCount: turnCount - (isTurn ? 1 : 0), isWhole: isWhole))
        results = []
    }

    /// What came since the last command belongs to none.
    func discard() { results = [] }
}

extension Command {
    /// Whether it shows what is there already: another model may show another number of rows.
    fileprivate var isLook: Bool {
        switch self {
        case .diff, .tokens, .failures(.show): true
        default: false
        }
    }
}
