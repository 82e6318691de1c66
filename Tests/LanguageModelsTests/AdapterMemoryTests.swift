import Basics
import Inference
import LanguageModels
import TestSupport
import Testing

/// An adapter is an item of its own in memory: what nobody asks for stays out.
struct AdapterMemoryTests {
    private let folder: TemporaryFolder
    private static let plenty = 1 << 40
    private static let adapters = ["x", "y", "z"]

    /// Two models of one size, and adapters for the first that are not much smaller.
    init() throws {
        folder = try TemporaryFolder()
        for (index, name) in ["a", "b"].enumerated() {
            try TinyLlama(seed: UInt64(index + 1)).writeGGUF(to: folder(name))
        }
        for (index, name) in Self.adapters.enumerated() {
            let adapter = TinyAdapter(
                for: TinyLlama(seed: 1), rank: 32, targets: ["q_proj", "v_proj", "down_proj"],
                seed: UInt64(index + 9))
            try adapter.write(to: folder.folder(name))
        }
    }

    /// The base `a` and its adapters, then the model `b`.
    private func pool(budget: Int? = nil) throws -> ModelPool {
        let pool = try ModelPool(threads: 1, freeMemory: { Self.plenty })
        _ = try pool.load(path: folder("a"), name: "a", adapterPath: nil)
        for name in Self.adapters {
            _ = try pool.attach(adapterPath: folder(name), to: "a", name: name)
        }
        _ = try pool.load(path: folder("b"), name: "b", adapterPath: nil)
        if let budget { try pool.setBudget(budget) }
        return pool
    }

    private func sizes() throws -> (model: Int, adapter: Int) {
        let pool = try pool()
        return (
            try pool.memory(of: "a").ownByteCount, try pool.memory(of: "x").ownByteCount
        )
    }

    private func requests(_ names: [String]) -> [GenerationRequest] {
        names.map {
            GenerationRequest(
                variant: $0, prompt: .completion("Once"),
                settings: GenerationSettings(temperature: 0.9, seed: 3, maxTokens: 3))
        }
    }

    private func generate(_ pool: ModelPool, _ names: [String]) throws -> [Answer] {
        try pool.generate(requests(names), isInterrupted: { false }, onEvent: { _ in })
    }

    private func loaded(_ pool: ModelPool) throws -> [String] {
        try pool.variants.map(\.name).filter { try pool.memory(of: $0).state != .out }
    }

    /// Bytes that the keys and values of these short answers take at most.
    private let answers = 64 << 10

    @Test func theLeastRecentlyAskedAdapterGoesFirst() throws {
        let (model, adapter) = try sizes()
        let pool = try pool()
        _ = try generate(pool, ["z", "x", "b"])
        try pool.setBudget(2 * model + 2 * adapter + answers)
        #expect(try loaded(pool) == ["a", "x", "z", "b"])
        try pool.setBudget(2 * model + answers)
        #expect(try loaded(pool) == ["a", "b"])
    }

    @Test func onlyWhatIsAskedComesIn() throws {
        let (model, adapter) = try sizes()
        // The base with all its adapters would not fit.
        let pool = try pool(budget: model + adapter + answers)
        #expect(try loaded(pool) == ["b"])
        var swaps: [Swap] = []
        pool.onSwap = { swaps.append($0) }
        #expect(try generate(pool, ["a"])[0].finish == .length)
        #expect(try loaded(pool) == ["a"])
        #expect(try generate(pool, ["y"])[0].finish == .length)
        #expect(try loaded(pool) == ["a", "y"])
        #expect(try generate(pool, ["x"])[0].finish == .length)
        #expect(try loaded(pool) == ["a", "x"])
        #expect(swaps.map(\.out) == [["b"], [], ["y"]])
        #expect(swaps.map(\.in) == [["a"], ["y"], ["x"]])
        #expect(swaps.map(\.inByteCount) == [model, adapter, adapter])
        #expect(swaps.map(\.outByteCount) == [model, 0, adapter])
    }

    /// Adapters that do not fit together answer in turn, as models do.
    @Test func adaptersTakeTurns() throws {
        let (model, adapter) = try sizes()
        let names = ["a", "x", "y", "z", "b"]
        let expected = try generate(pool(), names)
        #expect(Set(expected.map(\.tokenIDs)).count == 5, "the variants must differ")
        let budget = model + adapter + answers
        let tight = try pool(budget: budget)
        for _ in 0..<2 {
            let answers = try tight.generate(
                requests(names), isInterrupted: { false },
                onEvent: { _ in #expect(tight.heldByteCount <= budget) })
            #expect(answers.map(\.tokenIDs) == expected.map(\.tokenIDs))
        }
        #expect(!tight.canHoldTogether(["x", "y"]) && tight.canHoldTogether(["a", "y"]))
    }

    @Test func aPinKeepsWhatItNamesAndTheBaseItNeeds() throws {
        let (model, adapter) = try sizes()
        let pool = try pool(budget: 2 * model + adapter + answers)
        try pool.pin("x", true)
        #expect(try loaded(pool) == ["a", "x", "b"])
        #expect(try pool.memory(of: "x").state == .pinned)
        #expect(try pool.memory(of: "a").state == .loaded)
        // Pinned are the base and x: there is no room beside them for y.
        try pool.setBudget(model + adapter + answers)
        #expect(try loaded(pool) == ["a", "x"])
        let answer = try generate(pool, ["y"])[0]
        #expect(answer.finish == .error && answer.detail?.contains("pinned (x)") == true)
        #expect(throws: TandemError.self) { try pool.setBudget(model) }
        try pool.pin("x", false)
        #expect(try generate(pool, ["y"])[0].finish == .length)
        try pool.pin("a", true)
        try pool.setBudget(model + answers)
        #expect(try loaded(pool) == ["a"])
    }

    /// What was computed with an adapter goes with it.
    @Test func anAdaptersPromptsGoWithIt() throws {
        let pool = try pool()
        let long = Prompt.completion(String(repeating: "long ", count: 16))
        let settings = GenerationSettings(maxTokens: 2)
        let request = GenerationRequest(variant: "x", prompt: long, settings: settings)
        let first = try pool.generate([request], isInterrupted: { false }, onEvent: { _ in })
        let kept = pool.heldByteCount
        try pool.unload("x")
        let (_, adapter) = try sizes()
        #expect(pool.heldByteCount < kept - adapter)
        _ = try pool.attach(adapterPath: folder("x"), to: "a", name: "x")
        let again = try pool.generate([request], isInterrupted: { false }, onEvent: { _ in })
        #expect(again[0].tokenIDs == first[0].tokenIDs && again[0].reusedTokenCount == 0)
    }

    @Test func everyByteIsOwnedOnceWhileAdaptersAreOut() throws {
        let (model, adapter) = try sizes()
        let pool = try pool(budget: model + adapter + answers)
        _ = try generate(pool, ["a", "x"])
        let memories = try pool.variants.map { try pool.memory(of: $0.name) }
        #expect(memories.map(\.state) == [.loaded, .loaded, .out, .out, .out])
        #expect(memories.reduce(0) { $0 + $1.ownByteCount } == pool.heldByteCount)
    }
}
