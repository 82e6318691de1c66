/// The commands that some turns of a session need, with the turns numbered anew.
///
/// What was loaded and set before them stays; of the other turns those stay that a chosen one goes on
/// with (`/again`, or `/chat on`). What was said of turns stays with its turn; what was said of all, and
/// runs, where they stand among the chosen.
public struct ScriptSelection {
    public struct Entry: Sendable, Equatable {
        public var command: Command
        /// How many turns there were before it.
        public var turnCount: Int
        /// Whether it is a turn.
        public var isTurn: Bool

        public init(_ command: Command, turnCount: Int, isTurn: Bool) {
            self.command = command
            self.turnCount = turnCount
            self.isTurn = isTurn
        }
    }

    public private(set) var commands: [Command] = []
    private let chosen: ClosedRange<Int>
    /// The new number of each turn that stays.
    private var numbers: [Int: Int] = [:]

    public init(_ entries: [Entry], turns: ClosedRange<Int>) {
        chosen = turns
        let needed = Self.needed(entries, turns)
        for (index, turn) in needed.sorted().enumerated() { numbers[turn] = index + 1 }
        commands = entries.compactMap(kept)
    }

    private static func needed(_ entries: [Entry], _ turns: ClosedRange<Int>) -> Set<Int> {
        var before: [Int: Set<Int>] = [:]
        var (isChat, conversation) = (false, Set<Int>())
        for entry in entries {
            switch entry.command {
            case .chat(let isOn): (isChat, conversation) = (isOn, [])
            case .clear: conversation = []
            default: break
            }
            guard entry.isTurn else { continue }
            let number = entry.turnCount + 1
            if case .again = entry.command {
                before[number] = [number - 1]
            } else if isChat, case .prompt = entry.command {
                before[number] = conversation
            }
            if isChat { conversation.insert(number) }
        }
        var (needed, rest) = (Set<Int>(), Array(turns))
        while let turn = rest.popLast() {
            if turn < 1 || !needed.insert(turn).inserted { continue }
            rest += before[turn] ?? []
        }
        return needed
    }

    private func kept(_ entry: Entry) -> Command? {
        if entry.isTurn { return numbers[entry.turnCount + 1] == nil ? nil : entry.command }
        switch entry.command {
        case .load, .adapter, .unload, .lineup, .set, .define, .system, .chat, .clear:
            return entry.turnCount < chosen.upperBound ? entry.command : nil
        case .comment:
            return (chosen.lowerBound - 1..<chosen.upperBound).contains(entry.turnCount)
                ? entry.command : nil
        case .reference: return numbers[entry.turnCount] == nil ? nil : entry.command
        case .score(let names, let turns):
            return moved(turns, entry).map { .score(names, turns: $0) }
        case .judge(var judging):
            guard let turns = moved(judging.turns, entry) else { return nil }
            judging.turns = turns
            return .judge(judging)
        case .versus(var judging):
            guard let turns = moved(judging.turns, entry) else { return nil }
            judging.turns = turns
            return .versus(judging)
        case .rate(.preference(.turn(let turn), let name)):
            return numbers[turn].map { .rate(.preference(.turn($0), name)) }
        case .rate(.points(.turn(let turn), let points)):
            return numbers[turn].map { .rate(.points(.turn($0), points)) }
        default: return chosen.contains(entry.turnCount) ? entry.command : nil
        }
    }

    private func moved(_ turns: TurnChoice, _ entry: Entry) -> TurnChoice? {
        switch turns {
        case .number(let number):
            chosen.contains(number) ? numbers[number].map { .number($0) } : nil
        default: chosen.contains(entry.turnCount) ? turns : nil
        }
    }
}
