import Basics
import Sessions
import TestSupport
import Testing

/// What judges say of a run's rows stands in the run's table, with the same statistics.
struct RunJudgingTests {
    @Test func aJudgesScoresJoinTheTableOfTheRun() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let run = try judged.run("/judge run --by judge\n/failures judge\n")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try JudgedRun.events(run, "judgement").count == 20)
        let first = try #require(try JudgedRun.events(run, "judgement").first)
        #expect(first["item"] == "q1" && first["row"] == 1 && first["turn"] == nil)
        let summaries = try JudgedRun.events(run, "summary")
        #expect(summaries.map { $0["metric"]?.string } == ["em", "em", "judge"])
        let summary = try #require(summaries.last)
        // 9 points of 10 where the answer is right, else 3.
        #expect(summary["variants"]?["base"]?["mean"]?.double == 6)
        #expect(abs((summary["variants"]?["tuned"]?["mean"]?.double ?? 0) - 8.4) < 1e-12)
        #expect(abs((summary["delta"]?.double ?? 0) - 2.4) < 1e-12)
        #expect(summary["pairs"] == 10 && summary["interval"]?.array?.count == 2)
        #expect(summary["comparisons"] == 2 && summary["verdict"]?.string != nil)
        let failures = try JudgedRun.events(run, "failure")
        func items(_ kind: String) -> [String?] {
            failures.filter { $0["kind"]?.string == kind }.map { $0["item"]?.string }
        }
        #expect(items("gained") == ["q2", "q4", "q6", "q8"] && items("lost").isEmpty)
        #expect(items("worst").first == "q10")
        #expect(!run.output.contains("\u{1B}") && run.errors.contains("23 calls, 0 known"))
    }

    /// Of a run whose judge was killed, or that is looked at in another session.
    @Test func whatWasSaidIsKeptWithTheRun() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        _ = try judged.run("/judge run --by judge\n/rate run q3 base=2 tuned=9\n")
        let calls = judged.judgeCalls
        let later = try RemoteRun(script: "/score run f1\n/failures judge\n", in: judged.folder)
        #expect(later.status == 0, "\(later.errors)")
        let summaries = try JudgedRun.events(later, "summary")
        #expect(summaries.map { $0["metric"]?.string } == ["em", "f1", "judge", "rate"])
        #expect(summaries[2]["variants"]?["base"]?["mean"]?.double == 6)
        // One row of ten is rated; the others are unscored, and say why.
        let rated = try #require(summaries.last?["variants"]?["tuned"])
        #expect(rated["mean"]?.double == 9 && rated["unscored"] == 9)
        #expect(rated["reasons"] == ["nothing was said of it"])
        #expect(try !JudgedRun.events(later, "failure").isEmpty)
        // The same answers again: no call is made twice.
        let again = try judged.run("/judge run --by judge\n")
        #expect(judged.judgeCalls == calls && again.errors.contains("0 calls, 23 known"))
    }

    @Test func comparisonsJoinItWithTheirWins() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let run = try judged.run("/versus run --by judge\n")
        #expect(run.status == 0, "\(run.errors)")
        let summary = try #require(try JudgedRun.events(run, "summary").last)
        #expect(summary["metric"] == "versus")
        #expect(abs((summary["variants"]?["tuned"]?["mean"]?.double ?? 0) - 0.7) < 1e-12)
        let wins = try #require(try JudgedRun.events(run, "wins").first)
        #expect(wins["second_wins"] == 4 && wins["first_wins"] == 0 && wins["undecided"] == 6)
        // The sign test: 2 · (1/2)⁴.
        #expect(abs((wins["p"]?.double ?? 0) - 0.125) < 1e-12)
        #expect(run.errors.contains("tuned is better in 4 pairs, base in 0, neither in 6; 100 %"))
    }

    @Test func turnsTogetherHaveIntervals() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let prompts = (1...8).map { "Say \($0)\n" }.joined()
        let run = try judged.run(prompts + "/judge all --by judge\n/versus all --by judge\n")
        #expect(run.status == 0, "\(run.errors)")
        let summaries = try JudgedRun.events(run, "summary").filter { $0["unit"] == "turns" }
        #expect(summaries.map { $0["metric"]?.string } == ["judge", "versus"])
        #expect(summaries.allSatisfy { $0["n"] == 8 && $0["interval"]?.array?.count == 2 })
        #expect(summaries[0]["variants"]?["base"]?["mean"]?.double == 6)
        #expect(summaries[0]["variants"]?["tuned"]?["mean"]?.double == 9)
        let text = try judged.run(prompts + "/judge all --by judge\n", ["run", "-"])
        #expect(text.output.contains("8 turns, scores with 95 % intervals, delta = tuned − base"))
    }

    @Test func aLargeBatchIsAnnouncedWithItsCost() throws {
        let judged = try JudgedRun()
        defer { judged.server.close() }
        let run = try judged.run(
            "/load \(judged.server.address)#large as paid --price 1/10\n/lineup base tuned\n"
                + "/judge run --by paid\n")
        #expect(run.errors.contains("23 calls to paid, about "), "\(run.errors)")
        #expect(run.errors.contains("at most 23552 tokens of replies, 0.00"))
        #expect(run.errors.contains("207 prompt tokens, 92 tokens, 0.0011 to pay"))
    }
}
