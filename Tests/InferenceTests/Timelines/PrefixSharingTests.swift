import Basics
import Inference
import ModelFiles
import TestSupport
import Testing

/// A beginning that was computed is not computed again; the bits are those of computing it.
struct PrefixSharingTests {
    private let tiny: TinyEngine

    init() throws { tiny = try TinyEngine(TinyFiles(.q4_1)) }

    private func fresh(
        _ tokens: [Int32], _ adapter: Int = 0, _ numerics: Numerics = .exact
    ) throws -> [Float] {
        let timeline = tiny.timeline(adapter, numerics)
        try tiny.stepper.sync([(timeline, tokens)])
        return timeline.logits
    }

    /// Forks at the borders of panels and chunks go on by themselves; what they came from is unharmed.
    @Test(arguments: [1, 31, 32, 255, 256, 257, 511, 513, 600], Numerics.all)
    func aForkIsAsGoodAsComputing(_ count: Int, _ numerics: Numerics) throws {
        let first = TinyFiles.tokens(1, 620)
        let second = first.prefix(count) + TinyFiles.tokens(2, 40)
        let timeline = tiny.timeline(1, numerics)
        try tiny.stepper.sync([(timeline, first)])
        let fork = timeline.fork(count: count)
        #expect(fork.tokens == Array(first.prefix(count)))
        try tiny.stepper.sync([(fork, Array(second))])
        #expect(fork.reusedTokenCount == count)
        #expect(try fork.logits == fresh(Array(second), 1, numerics))
        try tiny.stepper.sync([(timeline, first + [7])])
        #expect(timeline.reusedTokenCount == 620)
        #expect(try timeline.logits == fresh(first + [7], 1, numerics))
    }

    @Test func theOriginalMayGoOnBeforeItsForks() throws {
        let start = TinyFiles.tokens(1, 530)
        let timeline = tiny.timeline()
        try tiny.stepper.sync([(timeline, start)])
        let forks = [3, 515, 530].map { timeline.fork(count: $0) }
        try tiny.stepper.sync([(timeline, TinyFiles.tokens(9, 560))])
        for fork in forks {
            let tokens = fork.tokens + TinyFiles.tokens(4, 5)
            try tiny.stepper.sync([(fork, tokens)])
            #expect(try fork.logits == fresh(tokens))
        }
    }

    /// Sixteen prompts with the same beginning: it is computed once, in the first of them.
    @Test func fewShotPromptsShareTheirBeginning() throws {
        let common = TinyFiles.tokens(1, 700)
        let prompts = (0..<16).map { common + TinyFiles.tokens(20 + $0, 10 + Int($0)) }
        let timelines = prompts.indices.map { tiny.timeline($0 % 2) }
        try tiny.stepper.sync(Array(zip(timelines, prompts)))
        let reused = timelines.map(\.reusedTokenCount)
        #expect(reused.count { $0 == 0 } == 2)
        #expect(reused.filter { $0 > 0 }.allSatisfy { $0 >= 700 })
        for (index, timeline) in timelines.enumerated() {
            #expect(timeline.tokens == prompts[index])
            #expect(try timeline.logits == fresh(prompts[index], index % 2))
        }
        let cache = PrefixCache()
        for timeline in timelines { cache.keep(timeline) }
        // One chunk of 512 is shared by each 8 of them.
        let saved = timelines.reduce(0) { $0 + $1.byteCount } - cache.byteCount
        #expect(saved > 13 * 512 * 2 * (32 + 32) * 4)
        #expect(cache.count == 16)
    }

    @Test func equalPromptsAreComputedOnce() throws {
        let prompt = TinyFiles.tokens(1, 100)
        let timelines = (0..<4).map { _ in tiny.timeline() }
        try tiny.stepper.sync(timelines.map { ($0, prompt) }, chunk: 7)
        #expect(timelines.map(\.reusedTokenCount).sorted() == [0, 99, 99, 99])
        for timeline in timelines { #expect(try timeline.logits == fresh(prompt)) }
    }

    /// Keys and values of another adapter, or of other numerics, are others.
    @Test func nothingIsSharedBetweenWaysOfComputing() throws {
        let prompt = TinyFiles.tokens(1, 60)
        let cache = PrefixCache()
        let kept = tiny.timeline(1)
        try tiny.stepper.sync([(kept, prompt)])
        cache.keep(kept)
        func shared(_ adapter: Int, _ numerics: Numerics) -> Int {
            cache.timeline(
                for: prompt + [3], on: tiny.engine, adapter: tiny.adapters[adapter],
                numerics: numerics
            ).tokens.count
        }
        #expect(shared(0, .exact) == 0 && shared(2, .exact) == 0)
        for numerics in Numerics.all where numerics != .exact { #expect(shared(1, numerics) == 0) }
        #expect(shared(1, .exact) == 60 && cache.count == 0)
    }

    @Test func theLongestPrefixIsFoundAndTheOldestGoes() throws {
        let common = TinyFiles.tokens(1, 100)
        let cache = PrefixCache()
        func keep(_ tokens: [Int32]) throws {
            let timeline = tiny.timeline()
            try tiny.stepper.sync([(timeline, tokens)])
            cache.keep(timeline)
        }
        try keep(common + TinyFiles.tokens(2, 50))
        try keep(common.prefix(40) + TinyFiles.tokens(3, 90))
        // The beginning of one that is kept is one already.
        try keep(common)
        #expect(cache.count == 2)
        let fork = cache.timeline(for: common + [1, 2, 3], on: tiny.engine)
        #expect(fork.tokens.count >= 100 && cache.count == 2)
        let bytes = cache.byteCount
        // The one that was not asked for goes first.
        cache.evict(to: bytes - 1)
        #expect(cache.count == 1 && cache.byteCount < bytes)
        #expect(cache.timeline(for: common + [9], on: tiny.engine).tokens.count == 100)
        cache.byteLimit = 0
        #expect(cache.count == 0 && cache.byteCount == 0)
        #expect(cache.timeline(for: common, on: tiny.engine).tokens.isEmpty)
    }

    @Test func anUnloadedAdaptersTimelinesGo() throws {
        let cache = PrefixCache()
        for adapter in 0..<2 {
            let timeline = tiny.timeline(adapter)
            try tiny.stepper.sync([(timeline, TinyFiles.tokens(1, 30))])
            cache.keep(timeline)
        }
        cache.remove(try #require(tiny.adapters[1]))
        #expect(cache.count == 1)
        #expect(
            cache.timeline(for: TinyFiles.tokens(1, 31), on: tiny.engine).tokens.count == 30)
    }
}
