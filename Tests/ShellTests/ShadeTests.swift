import Basics
import PseudoTerminal
import TestSupport
import Testing

/// `/diff` and `/tokens` as a person sees them, with the demo pair.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct ShadeTests {
    private let folder: PseudoTerminal.TemporaryFolder

    init() throws { folder = try PseudoTerminal.TemporaryFolder() }

    /// A shell that has answered once.
    private func session(_ environment: [String: String] = [:], columns: Int = 100) throws
        -> TerminalSession
    {
        try folder.write(
            """
            /load \(Demo.modelPath) as base
            /adapter \(Demo.adapterPath) --on base as tuned
            /set max_tokens 24
            Which team handles this ticket? My parcel has been stuck at customs since Monday.

            """, to: "open.tandem")
        let session = try TerminalSession(
            try BuiltTandem.path(), ["--source", folder.path + "/open.tandem", "--no-config"],
            environment: [
                "HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state", "PATH": "/usr/bin",
            ].merging(environment) { $1 }, columns: columns, rows: 60, folder: folder.path)
        try session.waitForCursorLine("base|tuned>", seconds: 30)
        return session
    }

    private static func contains(_ text: String, _ session: TerminalSession) -> Bool {
        String(decoding: session.output, as: UTF8.self).contains(text)
    }

    @Test func shadesAreBackgrounds() throws {
        let session = try session()
        try session.type("/tokens tuned\r")
        try session.waitForText("probabilities are the model's")
        #expect(Self.contains("\u{1B}[48;5;214m\u{1B}[38;5;16mTeam\u{1B}[0m", session))
        #expect(session.screen.text.contains("\nTeam: Shipping"), "\(session.screen.text)")
        #expect(session.screen.text.contains("base prefers"), "\(session.screen.text)")
        #expect(session.screen.text.contains("behind the text: \"<|im_end|>\""))
    }

    /// Without colours, and with fewer, marks stand behind the tokens.
    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "xterm"]])
    func marksReplaceShades(_ environment: [String: String]) throws {
        let session = try session(environment, columns: 60)
        try session.type("/tokens tuned\r")
        try session.waitForText("probabilities are the model's")
        #expect(!Self.contains("\u{1B}[48;5;", session))
        #expect(session.screen.text.contains("¹ below 50 %, ² below 10 %"))
        #expect(session.screen.text.contains("\nTeam³:"), "\(session.screen.text)")
    }

    @Test func aDifferenceNamesTheTokenWhereTheyPart() throws {
        let session = try session()
        try session.type("/diff\r")
        try session.waitForText("probabilities are the model's")
        let text = session.screen.text
        for words in ["they part at token", "base goes on with \"", "tuned goes on with \""] {
            #expect(text.contains(words), "\(text)")
        }
        #expect(Self.contains("\u{1B}[31m", session) && Self.contains("\u{1B}[32m", session))
    }

    /// In a conversation each variant has its own history; what it says of a token is said behind that.
    @Test func conversationsThatDifferAreSaidToDiffer() throws {
        let start = """
            /load \(Demo.modelPath) as base
            /adapter \(Demo.adapterPath) --on base as tuned
            /set max_tokens 12
            /chat on
            Which team handles this ticket? My parcel has been stuck at customs since Monday.
            /diff
            Why?
            /diff

            """
        let script = start.replacing("/diff\nWhy", with: "Why")
        let result = try ScriptTests.tandem(["run", "-"], input: script, in: folder.path)
        #expect(result.output.contains("each continues its own conversation"), "\(result.output)")
        let events = try ScriptTests.tandem(
            ["run", "-", "--json"], input: start + "/tokens\n", in: folder.path
        ).output.split(separator: "\n").map { try JSON.parse(String($0)) }
        let diff = try #require(events.last { $0["event"] == "diff" && $0["turn"] == 2 })
        let place = try #require(diff["position"])
        for (index, name) in ["base", "tuned"].enumerated() {
            let token = events.first {
                $0["event"] == "token" && $0["variant"] == .string(name) && $0["position"] == place
            }
            #expect(diff["under"]?[name]?.array?[index]["logprob"] == token?["logprob"])
            #expect(token?["rank"] == 1)
        }
    }
}
