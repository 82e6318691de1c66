import Basics
import Judging
import LoopbackServer
import Testing

/// Replies as judges write them: what is a verdict counts, all else is unscored with the reason.
struct ReplyTests {
    private static let verdict = JudgeFixture.verdict

    private func judgement(of reply: String) throws -> Judgement {
        let fixture = try JudgeFixture { _, _ in JudgeFixture.says(reply) }
        defer { fixture.server.close() }
        return try #require(try fixture.judge().judge([JudgeFixture.answer("4,806 m")])?[0][0])
    }

    @Test(arguments: [
        verdict, "  \n" + verdict + "\n", "```json\n" + verdict + "\n```",
        "My verdict follows.\n" + verdict + "\nI hope that this helps {really}.",
        "I use {braces} and \"quotes\" first: " + verdict,
        verdict.replacing("4", with: "4.0"), verdict.replacing("Right", with: "a } b { \\\" c"),
    ])
    func countsAsAVerdict(_ reply: String) throws {
        let judgement = try judgement(of: reply)
        #expect(judgement.score == 8, "\(judgement.outcome)")
    }

    @Test func nothingEarnedIsTheEndOfTheScale() throws {
        let nothing = "{\"reason\": \"\", \"criteria\": {\"correctness\": 0, \"helpfulness\": 0, "
        #expect(try judgement(of: nothing + "\"clarity\": 0}}").score == 1)
    }

    @Test(arguments: [
        ("", "no JSON object"), ("8", "no JSON object"), ("{", "no JSON object"),
        (verdict + verdict, "2 JSON objects"), ("{\"reason\": \"x\"}", "no criteria"),
        (verdict.replacing("reason", with: "why"), "no reason"),
        (verdict.replacing("\"clarity\": 1", with: "\"style\": 1"), "style"),
        (verdict.replacing(", \"clarity\": 1", with: ""), "no clarity"),
        (verdict.replacing("4", with: "5"), "outside 0 to 4"),
        (verdict.replacing("4", with: "-1"), "outside 0 to 4"),
        (verdict.replacing("4", with: "3.5"), "not whole"),
        (verdict.replacing("4", with: "\"4\""), "a string"),
        (verdict.replacing("4", with: "null"), "null"),
        (verdict.replacing("4", with: "1e400"), "no JSON object"),
        (verdict.replacing("{\"correctness\"", with: "{\"correctness\": 1, \"correctness\""), "no"),
    ])
    func isUnscoredWithTheReason(_ reply: String, _ reason: String) throws {
        let judgement = try judgement(of: reply)
        guard case .unscored(let why) = judgement.outcome else {
            Issue.record("scored: \(judgement)")
            return
        }
        #expect(why.contains(reason))
    }
}
