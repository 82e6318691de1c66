import Basics
import Glibc
import Judging
import LanguageModels
import TestSupport
import Testing

/// A local judge read from its probabilities.
@Suite(.enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"))
struct WeightedScoreTests {
    private func pool() throws -> VariantPool {
        let pool = VariantPool(local: try ModelPool(threads: 2))
        _ = try pool.load(path: Demo.modelPath, name: "judge", adapterPath: nil)
        return pool
    }

    private static let messages = [
        Message(role: "user", content: "Give a number from 1 to 10, and nothing else.")
    ]

    private func probabilities(_ pool: VariantPool, _ choices: [String]) throws -> [Double] {
        let request = ChoiceRequest(
            variant: "judge", messages: Self.messages, opening: "", choices: choices)
        let all = try pool.probabilities([request], isInterrupted: { false })
        return try #require(all?.first)
    }

    /// What 10 and 100 take is not 1's.
    @Test func aLongerNumberIsNotItsBeginning() throws {
        let pool = try pool()
        let apart = try probabilities(pool, ["1", "10", "100"])
        let one = try probabilities(pool, ["1", "5"])[0]
        let ten = try probabilities(pool, ["10", "5"])[0]
        let hundred = try probabilities(pool, ["100", "5"])[0]
        #expect(abs(apart[0] - (one - ten)) < 1e-9 && abs(apart[1] - (ten - hundred)) < 1e-9)
        #expect(abs(apart[2] - hundred) < 1e-9 && apart[0] > 0 && apart[1] > 0)
        let scale = try probabilities(pool, (1...10).map(String.init))
        #expect(scale.reduce(0, +) <= 1 + 1e-9)
    }

    /// Σ k·p(k) / Σ p(k), from the same probabilities.
    @Test func theScoreIsTheWeightedMean() throws {
        let pool = try pool()
        let folder = try TestSupport.TemporaryFolder()
        let rubric = try RubricLibrary(folder: folder.path).rubric("general")
        let judge = Judge(JudgeCaller(source: pool, cache: nil), name: "judge", rubric: rubric)
        let answers = [
            JudgedAnswer(question: "What is 2 + 2?", response: "4"),
            JudgedAnswer(question: "What is 2 + 2?", response: ":"),
        ]
        let judgements = try #require(try judge.weigh(answers))
        #expect(judgements[1].score == 1 && judgements[1].mass == nil)
        let mass = try #require(judgements[0].mass)
        #expect(mass > 0 && mass <= 1 + 1e-9)
        if let score = judgements[0].score {
            #expect(mass >= Judge.leastMass && (1...10).contains(score))
        } else {
            #expect(mass < Judge.leastMass)
        }
        #expect(try judge.weigh(answers)?[0] == judgements[0])
    }

    @Test func littleMassIsNoScore() {
        let few = Judge.weighted([0.1, 0.1, 0, 0, 0, 0, 0, 0, 0, 0.2])
        #expect(few.score == nil && abs((few.mass ?? 0) - 0.4) < 1e-12)
        let most = Judge.weighted([0, 0, 0, 0.25, 0, 0, 0, 0.5, 0, 0])
        #expect(abs((most.score ?? 0) - 5 / 0.75) < 1e-12)
        #expect(Judge.weighted([Double](repeating: 0, count: 10)).score == nil)
    }
}
