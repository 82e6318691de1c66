import Basics
import Glibc
import Inference
import LanguageModels
import ModelFiles
import TestSupport
import Testing
import Tokenizers

/// The demo pair scores continuations, and shares the beginnings of prompts.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct ScoringTests {
    private func pool() throws -> ModelPool {
        let pool = try ModelPool()
        _ = try pool.load(path: Demo.modelPath, name: "base", adapterPath: nil)
        _ = try pool.attach(adapterPath: Demo.adapterPath, to: "base", name: "tuned")
        return pool
    }

    /// Log-probabilities of a whole text are transformers' and peft's.
    @Test func logProbabilitiesAreTheReferences() throws {
        let logits = try References.read("logits.json")
        let ids = try #require(logits["ids"]?.array).compactMap(\.integer).map(Int32.init)
        let pool = try pool()
        let names = ["base", "tuned"]
        let scores = try #require(
            try pool.score(
                names.map {
                    ScoreRequest(
                        variant: $0, prefix: [ids[0]], continuations: [Array(ids[1...])])
                })
        ).map { try $0.get() }
        var compared = 0
        for (name, score) in zip(names, scores) {
            let variant = try #require(
                logits["variants"]?.array?.first { $0["variant"]?.string == name })
            for position in try #require(variant["positions"]?.array) {
                let index = try #require(position["position"]?.integer)
                let known = try #require(position["ids"]?.array).compactMap(\.integer)
                guard ids.indices.contains(index + 1),
                    let place = known.firstIndex(of: Int(ids[index + 1]))
                else { continue }
                let logit = try #require(position["logits"]?.array?[place].double)
                let sum = try #require(position["logSumExp"]?.double)
                #expect(abs(score[0].logProbabilities[index] - (logit - sum)) < 2e-3)
                compared += 1
            }
        }
        #expect(compared > 500)
    }

    /// The texts that a choice is asked of, and the whole answer, have the same probability as behind a
    /// prompt as here; what fails alone is said of it alone.
    @Test func continuationsOfAPrompt() throws {
        let pool = try pool()
        let messages = [Message(role: "user", content: "Is the sky blue? Say yes or no.")]
        let choices = ["Yes", "No, it is not."]
        var requests = ["base", "tuned"].map {
            ContinuationRequest(variant: $0, prompt: .chat(messages), continuations: choices)
        }
        requests.append(
            ContinuationRequest(
                variant: "base", prompt: .completion("The capital of France is"),
                continuations: ["Paris", "Rome"]))
        requests.append(
            ContinuationRequest(variant: "base", prompt: .chat(messages), continuations: [""]))
        let scores = try #require(try pool.logProbabilities(requests) { false })
        let known = try #require(
            try pool.probabilities(
                [ChoiceRequest(variant: "tuned", messages: messages, opening: "", choices: choices)]
            ) { false })
        let tuned = try scores[1].get()
        for (score, probability) in zip(tuned, known[0]) {
            #expect(abs(exp(score.logProbability) - probability) < 1e-12)
        }
        #expect(tuned[1].tokenCount > 3 && tuned[1].perToken < 0)
        let capitals = try scores[2].get()
        #expect(capitals[0].logProbability > capitals[1].logProbability + 1)
        #expect(throws: TandemError.self) { try scores[3].get() }
        #expect(throws: TandemError.self) {
            try pool.logProbabilities(
                [ContinuationRequest(variant: "x", prompt: .chat(messages), continuations: ["a"])]
            ) { false }
        }
    }

    /// The five most probable tokens at every place of a text are transformers' and peft's.
    @Test func mostProbableTokensAreTheReferences() throws {
        let logits = try References.read("logits.json")
        let ids = try #require(logits["ids"]?.array).compactMap(\.integer).map(Int32.init)
        let pool = try pool()
        for variant in try #require(logits["variants"]?.array) {
            let request = ScoreRequest(
                variant: try #require(variant["variant"]?.string), prefix: [ids[0]],
                continuations: [Array(ids[1...])], bestCount: 5)
            let score = try #require(try pool.score([request])?[0].get()[0])
            let positions = try #require(variant["positions"]?.array)
            #expect(score.rankings.count == ids.count - 1)
            for (ranking, position) in zip(score.rankings, positions) {
                let sum = try #require(position["logSumExp"]?.double)
                let known = try #require(position["logits"]?.array).compactMap(\.double)
                // At a tie either comes first.
                for (candidate, logit) in zip(ranking.best, known) {
                    #expect(abs(candidate.logProbability - (logit - sum)) < 2e-3)
                }
                let first = try #require(position["ids"]?.array?.first?.integer)
                if known[0] - known[1] > 1e-3 {
                    #expect(ranking.best.first?.id == Int32(first))
                }
            }
        }
    }

    /// Choices of a question: together, alone, and when the question is known already.
    @Test func scoresOfThePoolDoNotDependOnTheCache() throws {
        let tokenizer = try Tokenizer(VocabularyData(GGUFFile(path: Demo.modelPath).metadata))
        let prefix = try tokenizer.encode("The capital of France is")
        let choices = try [" Paris", " London", " a large city", " Par"].map {
            try tokenizer.encode($0)
        }
        let pool = try pool()
        let requests = ["base", "tuned"].map {
            ScoreRequest(variant: $0, prefix: prefix, continuations: choices)
        }
        let first = try #require(try pool.score(requests))
        #expect(try pool.score(requests) == first)
        for (request, result) in zip(requests, first) {
            #expect(try self.pool().score([request])?[0] == result)
            let scores = try result.get()
            let best = scores.indices.max {
                scores[$0].logProbability < scores[$1].logProbability
            }
            #expect(best == 0 && scores[0].isGreedy == [true])
        }
        let answers = try pool.generate(
            [
                GenerationRequest(
                    variant: "base", prompt: .completion("The capital of France is"),
                    settings: GenerationSettings(maxTokens: 4))
            ], isInterrupted: { false }, onEvent: { _ in })
        #expect(answers[0].text.hasPrefix(" Paris"))
    }

    /// What cannot be scored has the reason in its place; the others are scored.
    @Test func requestsThatCannotBeScoredSayWhy() throws {
        let pool = try pool()
        func request(_ prefix: [Int32], _ name: String = "base") -> ScoreRequest {
            ScoreRequest(variant: name, prefix: prefix, continuations: [[2]])
        }
        let error = #expect(throws: TandemError.self) { try pool.score([request([1], "x")]) }
        #expect(error?.code == .notFound)
        let long = [Int32](repeating: 5, count: 9000)
        let requests = [request([1, 7]), request(long), request([]), request([1, 7], "tuned")]
        let scores = try #require(try pool.score(requests))
        let codes = scores.map { result -> TandemError.Code? in
            guard case .failure(let error) = result else { return nil }
            return error.code
        }
        #expect(codes == [nil, .limit, .usage, nil])
        #expect(try pool.score([requests[0]])?[0] == scores[0])
    }

    /// Rows of a batch that begin with the same examples: they are computed once for each variant.
    @Test func fewShotPromptsAreComputedOnce() throws {
        let examples = (1...40).map { "\($0) plus \($0) is \(2 * $0).\n" }.joined()
        let prompts = (50..<58).map { "\(examples)\($0) plus \($0) is" }
        func requests(_ prompts: [String]) -> [GenerationRequest] {
            prompts.flatMap { prompt in
                ["base", "tuned"].map {
                    GenerationRequest(
                        variant: $0, prompt: .completion(prompt),
                        settings: GenerationSettings(maxTokens: 8))
                }
            }
        }
        func generate(_ pool: ModelPool, _ prompts: [String]) throws -> [Answer] {
            try pool.generate(requests(prompts), isInterrupted: { false }, onEvent: { _ in })
        }
        let pool = try pool()
        let answers = try generate(pool, prompts)
        let length = answers[0].promptTokenCount
        #expect(length > 300)
        #expect(answers.count { $0.reusedTokenCount == 0 } == 2)
        #expect(answers.count { $0.reusedTokenCount > length - 20 } == 14)
        let later = try generate(pool, ["\(examples)61 plus 61 is"])
        #expect(later.allSatisfy { $0.reusedTokenCount > length - 20 })
        let alone = try generate(self.pool(), [prompts[3]])
        #expect(alone.map(\.tokenIDs) == answers[6...7].map(\.tokenIDs))
    }
}
