import Basics
import TestSupport
import Testing

/// Traps are made, listed, imported; with local variants their log-odds are told.
struct TrapCommandTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    private func tandem(_ script: String, _ arguments: [String] = ["run", "-", "--json"]) throws
        -> ScriptTests.Result
    {
        try RunningProgram(
            arguments, input: script, in: fixture.folder.path,
            environment: [
                "XDG_CONFIG_HOME": fixture.folder("config"),
                "XDG_CACHE_HOME": fixture.folder(".cache"),
            ]
        ).result()
    }

    private func events(_ result: ScriptTests.Result, _ name: String) throws -> [JSON] {
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    private static let make = """
        /trap new cup premise --prompt "Who won the cup?" --correction "no cup | never held" \
        --falsehood Anna --falsehood "Ben | Benjamin" --reason "There was none."
        """

    @Test func trapsAreMadeInEveryWay() throws {
        let script =
            Self.make + """

                \(Self.make)
                /trap new \"\"\"
                ## two: number
                prompt: How many?

                  Really how many?
                truth: 2
                reason: It is two.
                \"\"\"
                /load tiny.gguf as base
                /set max_tokens 4
                Who is there?
                /ref Nobody
                /trap add door unanswerable --falsehood Peter
                Who is where?
                /trap add where unanswerable
                /trap list mine
                /trap list number
                /trap show door
                """
        let result = try tandem(script + "\n")
        let listed = try events(result, "trap_entry")
        let own = listed.prefix(4)
        try #require(own.count == 4)
        #expect(own.map { $0["trap"]?.string } == ["cup", "two", "door", "where"])
        #expect(own[3]["truth"] == [] && own[3]["corrections"] == [])
        #expect(result.errors.contains("where, to which no answer is true, added to"))
        #expect(own[0]["falsehoods"] == [["Anna"], ["Ben", "Benjamin"]])
        #expect(own[1]["prompt"] == "How many?\n\nReally how many?")
        #expect(own[2]["prompt"] == "Who is there?" && own[2]["truth"] == ["Nobody"])
        #expect(own[2]["reason"] == "seen with base" && listed.last == own[2])
        #expect(listed.count { $0["kind"] == "number" } >= 10)
        #expect(result.errors.contains("cup: 1 were in"))
    }

    @Test(arguments: [
        ("/trap new", "nobody to ask"), ("/trap new a riddle --prompt x", "riddle"),
        ("/trap new a number --prompt x --reason y", "what is true"),
        ("/trap new a number --prompt x --colour y", "colour"), ("/trap", "is missing"),
        ("/trap add a number", "no turn"), ("/trap runn", "did you mean run"),
        ("/trap run nothing", "nothing"), ("/trap run ./missing.traps", "missing.traps"),
        ("/trap run", "no model is loaded"), ("/trap save x", "no run of traps"),
        ("/trap import missing.csv", "missing.csv"), ("/trap show unheard-of", "unheard-of"),
    ])
    func mistakesAreNamed(_ line: String, _ word: String) throws {
        let result = try tandem(line + "\n")
        #expect(result.status == 3 && result.errors.contains(word), "\(result.errors)")
    }

    @Test func filesAreImported() throws {
        try TestFile.write(
            "question,answer,incorrect\nHow many?,2,3\n", to: fixture.folder("My QA.csv"))
        let result = try tandem("/trap import 'My QA.csv'\n/trap list my-qa\n")
        let listed = try events(result, "trap_entry")
        try #require(listed.count == 1)
        #expect(listed[0]["trap"] == "my-qa-0001")
        #expect(listed[0]["truth"] == ["2"] && listed[0]["falsehoods"] == [["3"]])
    }

    /// The truth against each falsehood, for each variant, and how far the adapter moved it.
    @Test func logOddsOfLocalVariants() throws {
        let script = SessionFixture.load + Self.make + "\n/set max_tokens 6\n/trap run cup\n"
        let result = try tandem(script)
        let odds = try events(result, "trap_odds")
        try #require(odds.map { $0["variant"]?.string } == ["base", "tuned"])
        var hardest: [Double] = []
        for event in odds {
            let truth = try #require(event["truth"]?["log_probability"]?.double)
            let falsehoods = try #require(event["falsehoods"]?.array)
            #expect(event["truth"]?["text"] == "no cup" && falsehoods.count == 2)
            var perToken: [Double] = []
            for falsehood in falsehoods {
                let other = try #require(falsehood["log_probability"]?.double)
                let (own, count) = (
                    try #require(event["truth"]?["tokens"]?.double),
                    try #require(falsehood["tokens"]?.double)
                )
                #expect(falsehood["log_odds"]?.double == truth - other)
                perToken.append(truth / own - other / count)
                #expect(falsehood["log_odds_per_token"]?.double == perToken.last)
                #expect(truth < 0 && other < 0)
            }
            hardest.append(try #require(perToken.min()))
        }
        #expect(odds[0]["moved_per_token"] == .null)
        #expect(odds[1]["moved_per_token"]?.double == hardest[1] - hardest[0])
        #expect(hardest[0] != hardest[1])
        for threads in ["1", "2"] {
            let again = try tandem(
                script.replacing("/trap run", with: "/trap run --fresh"),
                ["run", "-", "--json", "--threads", threads])
            #expect(again.output == result.output)
        }
    }

    /// A trap that runs alone is shown with its answers, whatever they are.
    @Test func aSingleTrapsAnswersAreShown() throws {
        let result = try tandem(
            SessionFixture.load + Self.make + "\n/set max_tokens 6\n/trap run cup\n", ["run", "-"])
        #expect(result.status == 0, "\(result.errors)")
        let answers = try #require(result.output.range(of: "asked  variant  class"))
        let odds = try #require(result.output.range(of: "of the truth against"))
        let rates = try #require(result.output.range(of: "kind"))
        #expect(answers.lowerBound < odds.lowerBound && odds.lowerBound < rates.lowerBound)
        #expect(result.output.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
    }

    /// In a session that is resumed the last run can be looked at and saved as before.
    @Test func aRunOfTrapsSurvivesItsSession() throws {
        let looks = "/trap show cup\n/trap save checks\n"
        let script = SessionFixture.load + Self.make + "\n/set max_tokens 6\n/trap run --vary cup\n"
        let whole = try tandem(script + looks)
        #expect(whole.status == 0, "\(whole.errors)")
        let saved = try TestFile.bytes(of: fixture.folder("checks.tandem"))
        let known = fixture.ids
        let first = try tandem(script + "/set seed 5\n")
        let id = try #require(fixture.ids.first { !known.contains($0) })
        let resumed = try tandem(looks, ["resume", id, "--json"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(first.output + resumed.output == whole.output)
        #expect(resumed.output.contains("\"event\":\"trap_odds\""))
        let again = String(
            decoding: try TestFile.bytes(of: fixture.folder("checks.tandem")), as: UTF8.self)
        #expect(
            again
                == String(decoding: saved, as: UTF8.self).replacing(
                    "/set seed 0", with: "/set seed 5"))
        try TestFile.write("", to: fixture.folder("config/tandem/traps/mine.traps"))
        let gone = try tandem("/trap save x\n", ["resume", id])
        #expect(gone.errors.contains("cannot be looked at") && gone.status == 3)
    }

    /// What a killed run had finished is not asked again.
    @Test func anInterruptedRunGoesOn() throws {
        let script = SessionFixture.load + "/set max_tokens 40\n/trap run premise number\n"
        let whole = try tandem(script)
        #expect(whole.status == 0, "\(whole.errors)")
        let folder = fixture.folder(".state/tandem/trap-runs")
        let name = try #require(Folder.names(in: folder).first { $0.hasSuffix(".jsonl") })
        let text = try TextFile.read(folder + "/" + name)
        let lines = text.split(separator: "\n")
        let kept = lines.count - 30
        try TextFile.write(
            lines[..<kept].joined(separator: "\n") + "\n", to: folder + "/" + name)
        let again = try tandem(script)
        #expect(again.output == whole.output)
        #expect(again.errors.contains("goes on with an unfinished run"))
        #expect(Folder.names(in: folder).count { $0.hasSuffix(".jsonl") } == 1)
    }
}
