import Basics
import Inference
import LanguageModels
import TestSupport
import Testing

/// Scores of an answer's tokens are those that the answer was drawn by, and say why there are none.
struct TokenScoreTests {
    private let folder: TestSupport.TemporaryFolder

    /// Two models of one vocabulary, an adapter for the first, and a model of another vocabulary.
    init() throws {
        folder = try TestSupport.TemporaryFolder()
        for seed in 1...2 {
            try TinyLlama(seed: UInt64(seed)).writeGGUF(to: folder("\(seed).gguf"))
        }
        try TinyAdapter(for: TinyLlama(seed: 1)).write(to: folder.folder("lora"))
        var other = TinyLlama().gguf()
        var tokens = TinyVocabulary.tokens(TinyVocabulary.size)
        tokens.swapAt(270, 271)
        other["tokenizer.ggml.tokens"] = .strings(tokens)
        try TestFile.write(other.bytes(), to: folder("other.gguf"))
    }

    private func pool(threads: Int = 2) throws -> ModelPool {
        let pool = try ModelPool(threads: threads, freeMemory: { 1 << 40 })
        _ = try pool.load(path: folder("1.gguf"), name: "base", adapterPath: nil)
        _ = try pool.attach(adapterPath: folder("lora"), to: "base", name: "tuned")
        _ = try pool.load(path: folder("2.gguf"), name: "second", adapterPath: nil)
        return pool
    }

    private func answer(
        _ pool: ModelPool, _ settings: GenerationSettings, isInterrupted: () -> Bool = { false }
    ) throws -> Answer {
        try pool.generate(
            [
                GenerationRequest(
                    variant: "tuned", prompt: .completion("Once upon"), settings: settings)
            ], isInterrupted: isInterrupted, onEvent: { _ in })[0]
    }

    private func request(_ answer: Answer, under variant: String, best: Int = 3)
        -> TokenScoreRequest
    {
        TokenScoreRequest(
            variant: variant, author: answer.variant, prompt: .completion("Once upon"),
            continuations: [answer.tokenIDs], numerics: answer.numerics ?? .exact, bestCount: best)
    }

    private func scores(
        _ pool: ModelPool, _ requests: [TokenScoreRequest]
    ) throws -> [Result<TokenScores, TandemError>] {
        try #require(pool.tokenScores(requests, isInterrupted: { false }))
    }

    /// A greedy answer consists of first choices, in the numerics that it was computed in.
    @Test(arguments: Numerics.Arithmetic.allCases, Numerics.CacheType.allCases)
    func aGreedyAnswerIsAllFirstChoices(
        _ arithmetic: Numerics.Arithmetic, _ cache: Numerics.CacheType
    ) throws {
        let pool = try pool()
        let numerics = Numerics(arithmetic, cache: cache)
        let answer = try answer(pool, GenerationSettings(maxTokens: 40, numerics: numerics))
        let result = try scores(pool, [request(answer, under: "tuned")])[0].get()
        let tokens = result.continuations[0]
        #expect(tokens.map(\.token.id) == answer.tokenIDs && tokens.allSatisfy { $0.rank == 1 })
        #expect(tokens.allSatisfy { $0.best[0].logProbability == $0.logProbability })
        #expect(tokens.map(\.text).joined() == answer.text)
        #expect(result.promptTokenIDs.count == answer.promptTokenCount)
    }

    /// A drawn answer, one that a stop text ended, and one that was interrupted have scores for every
    /// token, and their texts add up to the answer's text or go beyond it.
    @Test func drawnStoppedAndInterruptedAnswersAreScored() throws {
        let pool = try pool()
        let drawn = try answer(pool, GenerationSettings(temperature: 3, seed: 4, maxTokens: 60))
        let tokens = try scores(pool, [request(drawn, under: "tuned")])[0].get().continuations[0]
        #expect(tokens.contains { $0.rank > 1 })
        #expect(tokens.map(\.text).joined() == drawn.text)

        let stop = String(try #require(drawn.text.unicodeScalars.dropFirst(9).first))
        let stopped = try answer(
            pool, GenerationSettings(temperature: 3, seed: 4, maxTokens: 60, stop: [stop]))
        #expect(stopped.finish == .stop && stopped.tokenIDs.count < drawn.tokenIDs.count)
        let few = try scores(pool, [request(stopped, under: "tuned")])[0].get().continuations[0]
        #expect(few.map(\.logProbability) == tokens.prefix(few.count).map(\.logProbability))
        let text = few.map(\.text).joined()
        #expect(text.hasPrefix(stopped.text) && text != stopped.text)

        var passes = 0
        let cut = try answer(pool, GenerationSettings(temperature: 3, seed: 4, maxTokens: 60)) {
            passes += 1
            return passes > 7
        }
        #expect(cut.finish == .interrupted && !cut.tokenIDs.isEmpty)
        let part = try scores(pool, [request(cut, under: "tuned")])[0].get().continuations[0]
        #expect(part.map(\.logProbability) == tokens.prefix(part.count).map(\.logProbability))
        #expect(part.map(\.text).joined() == cut.text)
    }

    /// Together, alone, on other threads, and where models take turns in memory.
    @Test func neighboursThreadsAndSwapsChangeNothing() throws {
        let pool = try pool()
        let answer = try answer(pool, GenerationSettings(temperature: 2, seed: 1, maxTokens: 30))
        let requests = ["base", "tuned", "second"].map { request(answer, under: $0) }
        let together = try scores(pool, requests)
        #expect(Set(together.compactMap { try? $0.get().continuations }).count == 3)
        for threads in [1, 2, 3] {
            let other = try self.pool(threads: threads)
            #expect(try scores(other, requests) == together)
            try other.setBudget(other.heldByteCount * 2 / 3)
            var swaps = 0
            other.onSwap = { _ in swaps += 1 }
            for (request, result) in zip(requests, together) {
                #expect(try scores(other, [request]) == [result])
            }
            #expect(try scores(other, requests.reversed()) == together.reversed() && swaps > 0)
        }
    }

    /// Behind a part of the answer a token gets what it gets in the whole answer.
    @Test func anOpeningGoesBeforeTheContinuations() throws {
        let pool = try pool()
        let answer = try answer(pool, GenerationSettings(maxTokens: 20))
        let whole = try scores(pool, [request(answer, under: "base")])[0].get()
        var part = request(answer, under: "base")
        part.opening = Array(answer.tokenIDs.prefix(12))
        part.continuations = [[answer.tokenIDs[12]], [answer.tokenIDs[12] + 1]]
        let result = try scores(pool, [part])[0].get()
        #expect(
            result.continuations[0][0].logProbability == whole.continuations[0][12].logProbability)
        #expect(result.continuations[0][0].rank == whole.continuations[0][12].rank)
        #expect(result.continuations[1][0].token.id == answer.tokenIDs[12] + 1)
        #expect(
            result.openingText + result.continuations[0][0].text
                == String(
                    decoding: answer.text.utf8.prefix(
                        result.openingText.utf8.count
                            + result.continuations[0][0].text.utf8.count), as: UTF8.self))
    }

    @Test func whatCannotBeScoredSaysWhy() throws {
        let pool = try pool()
        _ = try pool.load(path: folder("other.gguf"), name: "other", adapterPath: nil)
        let answer = try answer(pool, GenerationSettings(maxTokens: 5))
        var chat = request(answer, under: "base")
        chat.prompt = .chat([Message(role: "user", content: "Hello")])
        var long = request(answer, under: "base")
        long.continuations = [[Int32](repeating: 5, count: 500)]
        let results = try scores(
            pool,
            [
                request(answer, under: "other"), request(answer, under: "gone"), chat, long,
                request(answer, under: "base"),
            ])
        let codes = results.map { result -> TandemError.Code? in
            if case .failure(let error) = result { error.code } else { nil }
        }
        #expect(codes == [.mismatch, .notFound, .unsupported, .limit, nil])
    }
}
