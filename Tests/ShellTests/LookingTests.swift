import Basics
import Foundation
import TestSupport
import Testing

/// `/diff` and `/tokens` in scripts: what programs get of tokens and their probabilities.
struct LookingTests {
    private static let start = """
        /load tiny.gguf as base
        /adapter lora --on base as tuned
        /set max_tokens 24
        /complete Once upon

        """
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
    }

    private func run(_ script: String, _ arguments: [String] = []) throws -> ScriptTests.Result {
        try ScriptTests.tandem(["run", "-"] + arguments, input: script, in: folder.path)
    }

    private func events(_ script: String, _ name: String, _ arguments: [String] = []) throws
        -> [JSON]
    {
        let result = try run(script, ["--json"] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    /// Both models' probabilities of both tokens where the answers part, the same on any thread count.
    @Test func aDifferenceShowsBothTokensUnderBothModels() throws {
        let script = Self.start + "/diff\n/tokens\n"
        let diff = try #require(try events(script, "diff").first)
        let tokens = try events(script, "token")
        let position = try #require(diff["position"]?.integer)
        #expect(diff["first"] == "base" && diff["second"] == "tuned" && diff["same"] == false)
        let choices = try #require(diff["choices"]?.array)
        for (index, name) in ["base", "tuned"].enumerated() {
            let own = try #require(
                tokens.first {
                    $0["variant"]?.string == name && $0["position"] == .integer(position)
                })
            let other = try #require(own["under"]?[name == "base" ? "tuned" : "base"])
            #expect(choices[index]["token_id"] == own["token_id"])
            #expect(choices[index]["variant"]?.string == name)
            let under = try #require(diff["under"]?[name]?.array)
            #expect(under[index]["logprob"] == own["logprob"] && under[index]["rank"] == 1)
            let others = try #require(diff["under"]?[name == "base" ? "tuned" : "base"]?.array)
            #expect(others[index]["logprob"] == other["logprob"])
            #expect(others[index]["rank"] == other["rank"])
        }
        let one = try run(script, ["--json", "--threads", "1"])
        #expect(try run(script, ["--json", "--threads", "2"]).output == one.output)
    }

    /// A near-tie is said of the variants for which the two tokens are less than 0.1 nats apart.
    @Test func nearTiesAreThoseOfTheNumbers() throws {
        let again = (2...24).map { "/again seed=\($0)\n" }.joined()
        let script = Self.start.replacing("/set max_tokens 24", with: "/set temperature 2")
        let short = "/set max_tokens 3\n" + script + again
        var found: Set<Bool> = []
        for diff in try events(short + "/diff all\n", "diff") where diff["position"] != .null {
            for name in ["base", "tuned"] {
                let values = try #require(diff["under"]?[name]?.array)
                    .compactMap { $0["logprob"]?.double }
                let isClose = (values[0] - values[1]).magnitude < 0.1
                #expect(diff["near_tie"]?.array?.contains(.string(name)) == isClose)
                found.insert(isClose)
            }
        }
        #expect(found == [true, false])
        let people = try run(short + "/diff all\n").output
        #expect(people.contains("near-tie: "), "\(people)")
    }

    /// Every token is there with its keys, and the perplexity is theirs.
    @Test func tokensAddUpToTheAnswer() throws {
        let script = Self.start + "/tokens tuned\n"
        let answer = try #require(
            try events(script, "answer").first { $0["variant"]?.string == "tuned" })
        let tokens = try events(script, "token")
        #expect(tokens.count == answer["tokens"]?.integer)
        #expect(tokens.map { $0["position"]?.integer } == Array(0..<tokens.count))
        for token in tokens {
            #expect(token["rank"] == 1 && token["best"]?.array?.count == 5)
            #expect(token["best"]?.array?[0]["logprob"] == token["logprob"])
            #expect(token["under"]?["base"]?["best"]?.array?.count == 5)
        }
        let summary = try #require(try events(script, "tokens").first)
        let mean = tokens.compactMap { $0["logprob"]?.double }.reduce(0, +) / Double(tokens.count)
        #expect(summary["perplexity"]?.double == exp(-mean))
        let changes = try #require(summary["under"]?["base"]?["changes"]?.array)
        let others = tokens.filter { token in
            token["best"]?.array?[0]["token_id"]
                != token["under"]?["base"]?["best"]?.array?[0]["token_id"]
        }
        #expect(
            Set(changes.compactMap(\.integer)) == Set(others.compactMap { $0["position"]?.integer })
        )
        func change(_ place: JSON) -> Double {
            guard let token = place.integer.map({ tokens[$0] }) else { return 0 }
            let (own, other) = (
                token["logprob"]?.double, token["under"]?["base"]?["logprob"]?.double
            )
            return ((own ?? 0) - (other ?? 0)).magnitude
        }
        #expect(zip(changes, changes.dropFirst()).allSatisfy { change($0) >= change($1) })
    }

    /// Tokens behind a stop text are there, and said to be out of sight.
    @Test func tokensBehindAStopTextAreNotShown() throws {
        let script = Self.start.replacing(
            "/set max_tokens 24", with: "/set max_tokens 24\n/set temperature 3")
        let text = try #require(
            try events(script, "answer").last?["text"]?.string)
        let stop = String(try #require(text.unicodeScalars.dropFirst(8).first))
        let stopped = "/set stop \(JSON.array([.string(stop)]).text)\n" + script + "/tokens tuned\n"
        let answer = try #require(try events(stopped, "answer").last)
        let tokens = try events(stopped, "token")
        #expect(answer["finish"] == "stop" && tokens.count == answer["tokens"]?.integer)
        #expect(tokens.last?["is_shown"] == false)
        let shown = tokens.filter { $0["is_shown"] == true }.compactMap { $0["text"]?.string }
            .joined()
        #expect(shown == answer["text"]?.string || shown.isEmpty == (answer["text"] == ""))
        let people = try run(stopped).output
        #expect(people.contains("behind the text: "), "\(people)")
    }

    /// The same numbers in fast numerics and an f16 cache as a greedy answer was taken by.
    @Test(arguments: ["numerics fast", "cache f16"])
    func otherNumericsAreTheAnswersOwn(_ setting: String) throws {
        let script =
            "/set \(setting)\n" + Self.start + "/set numerics exact\n/set cache f32\n/tokens\n"
        let tokens = try events(script, "token")
        #expect(tokens.count == 48 && tokens.allSatisfy { $0["rank"] == 1 })
        let summary = try #require(try events(script, "tokens").first)
        #expect(summary["numerics"] != "exact" && summary["numerics"]?.string != nil)
        #expect(tokens != (try events(Self.start + "/tokens\n", "token")))
    }

    /// A drawn answer says how it was drawn; its probabilities are the model's before that.
    @Test func samplingIsStated() throws {
        let script =
            "/set temperature 2\n/set top_k 50\n/set seed 9\n" + Self.start
            + "/diff\n/tokens tuned\n"
        let summary = try #require(try events(script, "tokens").first)
        #expect(summary["settings"]?["temperature"]?.double == 2)
        #expect(summary["settings"]?["seed"] == 9)
        #expect(try events(script, "token").contains { $0["rank"] != 1 })
        let people = try run(script)
        let line =
            "drawn with temperature 2, top_k 50, seed 9; probabilities are the model's before"
        #expect(people.output.ranges(of: line).count == 2, "\(people.output)")
    }

    @Test(arguments: ["plain", "side", "csv", "md", "table", "json"])
    func everyFormatShowsBoth(_ format: String) throws {
        let result = try run("/output \(format)\n" + Self.start + "/diff\n/tokens tuned\n")
        #expect(result.status == 0, "\(result.errors)")
        let words =
            ["plain", "side"].contains(format)
            ? ["they part at token", "perplexity", "[base]", "first choice"]
            : ["position", "logprob", "rank"]
        for word in words { #expect(result.output.contains(word), "\(word): \(result.output)") }
        #expect(!result.output.contains("\u{1B}"))
    }

    /// Of three answers each is looked at beside the first; two can be named, of any turn.
    @Test func threeVariantsAndOtherTurns() throws {
        let script =
            Self.start.replacing("/set max", with: "/adapter lora --on base as twin\n/set max")
            + "/complete Twice\n"
        let all = try events(script + "/diff\n/diff 1 tuned twin\n/diff all\n", "diff")
        #expect(
            all.map { $0["second"]?.string } == [
                "tuned", "twin", "twin", "tuned", "twin", "tuned", "twin",
            ])
        #expect(all.map { $0["turn"]?.integer } == [2, 2, 1, 1, 1, 2, 2])
        #expect(all[2]["same"] == true && all[2]["position"] == .null)
        #expect(all[2]["reason"]?.string?.contains("the same") == true)
    }

    @Test(arguments: [
        ("/diff base\n", "two names or none"), ("/diff base base\n", "between two variants"),
        ("/diff base other\n", "no answer of other"), ("/tokens 7\n", "there is no turn 7"),
        ("/tokens other\n", "no answer of other"),
        ("/unload tuned\n/tokens tuned\n", "no variant is called tuned"),
        ("/unload tuned\n/load tiny.gguf as tuned\n/tokens tuned\n", "another model now"),
        ("/lineup base\n/complete x\n/diff\n", "has one answer"),
    ])
    func whatCannotBeShownSaysWhy(_ commands: String, _ reason: String) throws {
        let result = try run(Self.start + commands)
        #expect(result.status == 3 && result.errors.contains(reason), "\(result.errors)")
    }

    /// A variant that is gone is unscored with the reason, the others are not; loaded again it is back.
    @Test func aVariantThatIsGoneIsUnscored() throws {
        let gone = try #require(
            try events(Self.start + "/unload tuned\n/tokens base\n", "tokens").first)
        #expect(gone["under"]?["tuned"]?["unscored"]?.string?.contains("tuned") == true)
        #expect(gone["perplexity"]?.double != nil)
        let again = "/unload tuned\n/adapter lora --on base as tuned\n/tokens base\n"
        let back = try #require(try events(Self.start + again, "tokens").first)
        #expect(back["under"]?["tuned"]?["perplexity"]?.double != nil)
    }
}
