import Basics
import Sessions
import Testing

/// `/save --last N` and `--turns A-B`: what the chosen turns need, and no more.
struct ScriptSelectionTests {
    /// - Parameter turns: the lines that are turns.
    private func selected(_ script: String, _ range: ClosedRange<Int>) throws -> [String] {
        var (entries, count) = ([ScriptSelection.Entry](), 0)
        for command in try Script(script, file: "s").entries.map(\.command) {
            var isTurn = false
            switch command {
            case .prompt, .complete, .again: isTurn = true
            default: break
            }
            entries.append(.init(command, turnCount: count, isTurn: isTurn))
            if isTurn { count += 1 }
        }
        return ScriptSelection(entries, turns: range).commands.map(\.text)
    }

    private static let script = """
        /load a as base
        # first
        one
        /ref r1
        /score em
        /set seed 3
        # second
        two
        /ref r2
        /score em
        /score 1 f1
        /expect base ends
        three
        /score all em
        /rate 2 base
        /set seed 4
        """

    @Test func whatWasSaidOfATurnStaysWithIt() throws {
        #expect(
            try selected(Self.script, 2...2) == [
                "/load a as base", "/set seed 3", "# second", "two", "/ref r2", "/score em",
                "/expect base ends", "/rate 1 base",
            ])
        #expect(
            try selected(Self.script, 1...1) == [
                "/load a as base", "# first", "one", "/ref r1", "/score em", "/score 1 f1",
            ])
        #expect(
            try selected(Self.script, 3...3) == [
                "/load a as base", "/set seed 3", "three", "/score all em",
            ])
    }

    @Test func aConversationAndWhatIsAskedAgainNeedWhatCameBefore() throws {
        let chat = "/load a\n/chat on\none\ntwo\n/clear\nthree\nfour\n"
        #expect(
            try selected(chat, 2...2) == ["/load a", "/chat on", "one", "two"])
        #expect(
            try selected(chat, 4...4) == ["/load a", "/chat on", "/clear", "three", "four"])
        let again = "/load a\none\ntwo\n/ref r\n/again seed=2\n/score 3 em\n"
        #expect(
            try selected(again, 3...3) == [
                "/load a", "two", "/ref r", "/again seed=2", "/score 2 em",
            ])
    }

    @Test(arguments: [
        ("/save a --last 2", SavedTurns.last(2)), ("/save a --turns 2-3", .range(2...3)),
        ("/save a --turns 4", .range(4...4)), ("/save a", .all),
    ])
    func turnsAreRead(_ line: String, _ turns: SavedTurns) throws {
        #expect(try CommandParser.parse(line) == .save("a", turns))
    }

    @Test(arguments: [
        "--last 0", "--last x", "--turns 3-2", "--turns 0-1", "--turns 1-2-3", "--last 1 --turns 1",
    ])
    func wrongTurnsAreRefused(_ options: String) {
        #expect(throws: TandemError.self) { try CommandParser.parse("/save a " + options) }
    }
}
