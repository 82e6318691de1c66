import Basics
import Inference
import LanguageModels
import TestSupport
import Testing

/// Models that do not fit together take turns, and nobody can tell from the answers.
struct MemoryBudgetTests {
    private let folder: TemporaryFolder
    private static let plenty = 1 << 40

    /// Three models of one size, and an adapter for the first.
    init() throws {
        folder = try TemporaryFolder()
        for (index, name) in ["a", "b", "c"].enumerated() {
            try TinyLlama(seed: UInt64(index + 1)).writeGGUF(to: folder(name))
        }
        try TinyAdapter(for: TinyLlama(seed: 1)).write(to: folder.folder("lora"))
    }

    private func pool(_ names: [String], budget: Int? = nil, free: Int = plenty) throws -> ModelPool
    {
        let pool = try ModelPool(threads: 1, freeMemory: { free })
        try pool.setBudget(budget)
        for name in names {
            _ = try pool.load(path: folder(name), name: name, adapterPath: nil)
        }
        return pool
    }

    /// Bytes of one model's packed weights.
    private func size() throws -> Int { try pool(["a"]).heldByteCount }

    private func requests(_ names: [String], _ text: String = "Once") -> [GenerationRequest] {
        names.map {
            GenerationRequest(
                variant: $0, prompt: .completion(text),
                settings: GenerationSettings(temperature: 0.9, seed: 3, maxTokens: 12))
        }
    }

    private func generate(_ pool: ModelPool, _ requests: [GenerationRequest]) throws -> [Answer] {
        try pool.generate(requests, isInterrupted: { false }, onEvent: { _ in })
    }

    private func states(_ pool: ModelPool) throws -> [VariantMemory.State] {
        try pool.variants.map { try pool.memory(of: $0.name).state }
    }

    @Test func answersInTurnAreThoseWithoutABudget() throws {
        let names = ["a", "tuned", "b", "c"]
        let free = try pool(["a", "b", "c"])
        _ = try free.attach(adapterPath: folder("lora"), to: "a", name: "tuned")
        let expected = try generate(free, requests(names))
        #expect(Set(expected.map(\.text)).count == 4, "the models must differ")

        let budget = try size() * 3 / 2
        let tight = try pool(["a"], budget: budget)
        _ = try tight.attach(adapterPath: folder("lora"), to: "a", name: "tuned")
        for name in ["b", "c"] {
            _ = try tight.load(path: folder(name), name: name, adapterPath: nil)
        }
        for _ in 0..<3 {
            var finished: [Int] = []
            let answers = try tight.generate(
                requests(names), isInterrupted: { false },
                onEvent: { event in
                    if case .finished(let request, _) = event { finished.append(request) }
                    #expect(tight.heldByteCount <= budget)
                })
            #expect(answers.map(\.tokenIDs) == expected.map(\.tokenIDs))
            #expect(answers.map(\.variant) == names)
            #expect(finished.sorted() == [0, 1, 2, 3])
        }
    }

    /// Who is in memory answers first: one swap for a turn of two.
    @Test func aTurnOfTwoTakesOneSwap() throws {
        let pool = try pool(["a", "b"], budget: size() * 3 / 2)
        #expect(try states(pool) == [.out, .loaded])
        var swaps: [Swap] = []
        pool.onSwap = { swaps.append($0) }
        _ = try generate(pool, requests(["a", "b"]))
        _ = try generate(pool, requests(["a", "b"]))
        #expect(swaps.map(\.out) == [["b"], ["a"]] && swaps.map(\.in) == [["a"], ["b"]])
        #expect(try swaps.allSatisfy { try $0.inByteCount == size() && $0.outByteCount == size() })
    }

    @Test func theLeastRecentlyUsedGoesOutFirst() throws {
        let pool = try pool(["a", "b"], budget: size() * 5 / 2)
        _ = try generate(pool, requests(["a"]))
        _ = try pool.load(path: folder("c"), name: "c", adapterPath: nil)
        #expect(try states(pool) == [.loaded, .out, .loaded])
        _ = try generate(pool, requests(["b"]))
        #expect(try states(pool) == [.out, .loaded, .loaded])
    }

    @Test func theBytesAreReallyLetGo() throws {
        let pool = try pool(["a", "b"])
        _ = try generate(pool, requests(["a", "b"]))
        weak let engine = pool.engine(of: "a")
        #expect(engine != nil)
        try pool.setBudget(size())
        #expect(engine == nil)
        #expect(try pool.heldByteCount == size())
    }

    @Test func keptPromptsAreLetGoBeforeWeights() throws {
        let pool = try pool(["a", "b"])
        _ = try generate(pool, requests(["a", "b"], String(repeating: "long ", count: 20)))
        let kept = pool.heldByteCount
        #expect(try kept > 2 * size())
        try pool.setBudget(kept - 1)
        #expect(try states(pool) == [.loaded, .loaded])
        #expect(pool.heldByteCount < kept)
        try pool.setBudget(2 * size())
        #expect(try states(pool) == [.loaded, .loaded])
        #expect(try pool.heldByteCount == 2 * size())
    }

    @Test func aPinnedVariantStays() throws {
        let pool = try pool(["a", "b"], budget: size() * 5 / 2)
        try pool.pin("a", true)
        _ = try generate(pool, requests(["b"]))
        _ = try pool.load(path: folder("c"), name: "c", adapterPath: nil)
        #expect(try states(pool) == [.pinned, .out, .loaded])
        #expect(throws: TandemError.self) { try pool.setBudget(try size() / 2) }
        try pool.setBudget(size() * 3 / 2)
        #expect(try states(pool) == [.pinned, .out, .out])
        let answer = try generate(pool, requests(["b"]))[0]
        #expect(answer.finish == .error)
        let detail = try #require(answer.detail)
        #expect(detail.contains("pinned (a)") && detail.contains("/pin NAME off"), "\(detail)")
        try pool.pin("a", false)
        #expect(try generate(pool, requests(["b"]))[0].finish == .length)
        #expect(try states(pool) == [.out, .loaded, .out])
    }

    @Test func pinningBringsIn() throws {
        let pool = try pool(["a", "b"], budget: size() * 3 / 2)
        try pool.pin("a", true)
        #expect(try states(pool) == [.pinned, .out])
        let error = #expect(throws: TandemError.self) { try pool.pin("b", true) }
        #expect(error?.code == .limit)
        #expect(try states(pool) == [.pinned, .out])
    }

    @Test func whatCannotFitIsRefusedAndNothingGoesOut() throws {
        let big = TinyLlama(hiddenSize: 128, intermediateSize: 256, layerCount: 4)
        try big.writeGGUF(to: folder("big"))
        let pool = try pool(["a", "b"], budget: size() * 5 / 2)
        let error = #expect(throws: TandemError.self) {
            try pool.load(path: folder("big"), name: "big", adapterPath: nil)
        }
        #expect(error?.code == .limit && error?.remedy?.contains("/budget") == true)
        let sizes = [
            ByteSize.readable(try size() * 5 / 2),
            ByteSize.readable(try TestFile.bytes(of: folder("big")).count),
        ]
        #expect(sizes.allSatisfy { error?.message.contains($0) == true }, "\(error as Any)")
        #expect(try states(pool) == [.loaded, .loaded])
        #expect(pool.variants.map(\.name) == ["a", "b"])
    }

    /// A budget above what the machine has does not lead into its last bytes.
    @Test func freeMemoryIsAHardLimit() throws {
        let size = try size()
        let error = #expect(throws: TandemError.self) {
            try pool(["a"], budget: Self.plenty, free: size / 2)
        }
        #expect(error?.message.contains("memory has room for") == true, "\(error as Any)")
    }

    /// Where other programs took the memory, room is made as under a budget.
    @Test func littleFreeMemoryMakesModelsTakeTurns() throws {
        var free = Self.plenty
        let pool = try ModelPool(threads: 1, freeMemory: { free })
        _ = try pool.load(path: folder("a"), name: "a", adapterPath: nil)
        free = 16 << 10
        _ = try pool.load(path: folder("b"), name: "b", adapterPath: nil)
        #expect(try states(pool) == [.out, .loaded])
    }

    @Test func theDefaultIsAShareOfFreeMemory() throws {
        let pool = try pool([], budget: nil, free: 1_000_000)
        #expect(pool.budget.byteCount == 700_000 && pool.budget.isAutomatic)
        try pool.setBudget(5)
        #expect(pool.budget.byteCount == 5 && !pool.budget.isAutomatic)
    }

    /// The sum of what the variants own is what is held.
    @Test func everyByteIsOwnedOnce() throws {
        let pool = try pool(["a", "b"])
        _ = try pool.attach(adapterPath: folder("lora"), to: "a", name: "tuned")
        _ = try generate(pool, requests(["a", "tuned", "b"]))
        let memories = try pool.variants.map { try pool.memory(of: $0.name) }
        #expect(memories.reduce(0) { $0 + $1.ownByteCount } == pool.heldByteCount)
        #expect(memories.map(\.sharedWith) == [[], [], ["a"]])
        #expect(try memories[2].sharedByteCount == size())
        #expect(memories.allSatisfy { $0.secondsSinceUse != nil })
        // The weights stay for the adapter, and are its own then.
        try pool.unload("a")
        #expect(pool.variants.map(\.sharesWeightsWith) == [nil, nil])
        #expect(try pool.memory(of: "tuned").ownByteCount > size())
    }

    @Test func anInterruptionLoadsNothingMore() throws {
        let pool = try pool(["a", "b"], budget: size() * 3 / 2)
        let answers = try pool.generate(
            requests(["a", "b"]), isInterrupted: { true }, onEvent: { _ in })
        #expect(answers.map(\.finish) == [.interrupted, .interrupted])
        #expect(try states(pool) == [.out, .loaded])
    }

    @Test func whoFitsTogetherIsKnown() throws {
        let pool = try pool(["a", "b", "c"], budget: size() * 5 / 2)
        #expect(pool.canHoldTogether(["a", "c"]) && pool.canHoldTogether(["b"]))
        #expect(!pool.canHoldTogether(["a", "b", "c"]) && !pool.canHoldTogether(["nobody"]))
    }

    /// More requests than one pass takes: the answers are those of one by one.
    @Test func manyRequestsAreAnsweredInPasses() throws {
        let pool = try pool(["a", "b"], budget: size() * 3 / 2)
        let texts = (0..<20).map { "number \($0)" }
        let together = try generate(pool, texts.flatMap { requests(["a", "b"], $0) })
        let free = try self.pool(["a", "b"])
        let alone = try texts.flatMap { try generate(free, requests(["a", "b"], $0)) }
        #expect(together.map(\.tokenIDs) == alone.map(\.tokenIDs))
    }
}
