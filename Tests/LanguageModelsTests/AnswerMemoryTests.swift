import Basics
import Inference
import LanguageModels
import ModelFiles
import TestSupport
import Testing

/// Keys and values of answers in progress count: fewer are answered at once where there is little
/// memory, and what cannot be held at all is refused.
struct AnswerMemoryTests {
    private let folder: TemporaryFolder
    private let model = TinyLlama(contextLength: 2048)

    init() throws {
        folder = try TemporaryFolder()
        try model.writeGGUF(to: folder("a"))
    }

    private func pool() throws -> ModelPool {
        let pool = try ModelPool(threads: 1, freeMemory: { 1 << 40 })
        _ = try pool.load(path: folder("a"), name: "a", adapterPath: nil)
        return pool
    }

    private func bytes(_ positions: Int) -> Int {
        KeyValueSize(model.configuration, .exact).byteCount(positions: positions)
    }

    private func requests(_ texts: [String], maxTokens: Int) -> [GenerationRequest] {
        texts.map {
            GenerationRequest(
                variant: "a", prompt: .completion($0),
                settings: GenerationSettings(maxTokens: maxTokens))
        }
    }

    /// The most answers that were begun and not finished at one time.
    private func generate(_ pool: ModelPool, _ requests: [GenerationRequest]) throws -> (
        answers: [Answer], together: Int
    ) {
        var going: Set<Int> = []
        var together = 0
        let answers = try pool.generate(
            requests, isInterrupted: { false },
            onEvent: { event in
                switch event {
                case .text(let request, _): going.insert(request)
                case .finished(let request, _): going.remove(request)
                }
                together = max(together, going.count)
            })
        return (answers, together)
    }

    @Test func fewerAreAnsweredAtOnce() throws {
        let texts = (0..<12).map { "number \($0) of twelve" }
        let requests = requests(texts, maxTokens: 40)
        let free = try generate(pool(), requests)
        #expect(free.together == 12)
        let length = try #require(free.answers.map(\.promptTokenCount).max()) + 40
        let tight = try pool()
        let budget = tight.heldByteCount + 3 * bytes(length) + 100
        try tight.setBudget(budget)
        let few = try generate(tight, requests)
        #expect(few.together == 3)
        #expect(few.answers.map(\.tokenIDs) == free.answers.map(\.tokenIDs))
        #expect(tight.heldByteCount <= budget)
    }

    /// An answer that could become longer than memory allows is begun, alone, and says where it ended.
    @Test func anAnswerEndsWhereMemoryEnds() throws {
        let request = requests(["Once"], maxTokens: 2000)
        let whole = try generate(pool(), request).answers[0]
        let room = 600
        let tight = try self.pool()
        try tight.setBudget(tight.heldByteCount + bytes(room))
        let cut = try generate(tight, request).answers[0]
        #expect(whole.tokenIDs.count > room)
        #expect(cut.finish == .error)
        #expect(cut.detail?.contains("\(room) tokens; raise the budget") == true, "\(cut)")
        #expect(cut.promptTokenCount + cut.tokenIDs.count == room + 1)
        #expect(whole.tokenIDs.starts(with: cut.tokenIDs))
    }

    @Test func aPromptThatMemoryCannotHoldIsRefusedAlone() throws {
        let pool = try pool()
        try pool.setBudget(pool.heldByteCount + bytes(200))
        let long = String(repeating: "long ", count: 100)
        let answers = try generate(pool, requests(["Once", long, "Twice"], maxTokens: 5)).answers
        #expect(answers.map(\.finish) == [.length, .error, .length])
        #expect(answers[1].detail?.contains("keys and values") == true, "\(answers[1])")
    }

    /// Another model goes out when an answer needs its room.
    @Test func weightsMakeWayForAnAnswer() throws {
        try TinyLlama(seed: 2).writeGGUF(to: folder("b"))
        let pool = try pool()
        _ = try pool.load(path: folder("b"), name: "b", adapterPath: nil)
        var swaps: [Swap] = []
        pool.onSwap = { swaps.append($0) }
        try pool.setBudget(pool.heldByteCount + bytes(100))
        #expect(try generate(pool, requests(["Once"], maxTokens: 40)).answers[0].finish != .error)
        #expect(swaps.isEmpty)
        #expect(try generate(pool, requests(["Once"], maxTokens: 400)).answers[0].finish != .error)
        #expect(swaps.map(\.out) == [["b"]] && swaps[0].in.isEmpty)
    }

    @Test func scoresAreTheSameWithLittleMemory() throws {
        let prefix = [Int32](repeating: 7, count: 90)
        let requests = (0..<8).map { number in
            ScoreRequest(
                variant: "a", prefix: prefix + [Int32(number)],
                continuations: [[5, 6, 7], [8], [9, Int32(10 + number), 11, 12]])
        }
        let free = try #require(try pool().score(requests))
        let tight = try pool()
        try tight.setBudget(tight.heldByteCount + bytes(95))
        #expect(try tight.score(requests) == free)
    }
}
