import Basics
import Glibc
import Inference
import ModelFiles
import TestSupport
import Testing

/// Scores are what stepping token by token gives, bit for bit, whatever is scored together.
struct ScoringTests {
    /// Scores one continuation from the logits of one step after another.
    private func stepped(
        _ tiny: TinyEngine, _ timeline: Timeline, _ prefix: [Int32], _ continuation: [Int32]
    ) throws -> (sums: [Double], scores: [ContinuationScore]) {
        try tiny.stepper.sync([(timeline, prefix)])
        var values: [Double] = []
        var ones: [ContinuationScore] = []
        for token in continuation {
            let logits = timeline.logits.map(Double.init)
            let largest = logits.max() ?? 0
            let sum = logits.reduce(0) { $0 + exp($1 - largest) }
            values.append(logits[Int(token)] - largest - log(sum))
            let one = try tiny.stepper.score([
                ScoringTask(timeline, prefix: timeline.tokens, continuations: [[token]])
            ])
            ones += one?.first ?? []
            #expect(ones.last?.isGreedy == [Sampler.mostProbable(timeline.logits) == token])
            try tiny.stepper.step([(timeline, token)])
        }
        return (values, ones)
    }

    @Test(arguments: [TensorType.q4_1, .q8_0, .bf16], Numerics.all)
    func scoresAreThoseOfSingleSteps(_ type: TensorType, _ numerics: Numerics) throws {
        let tiny = try TinyEngine(TinyFiles(type))
        let prefix = TinyFiles.tokens(1, 509)
        // One token, several that begin alike, and one that goes on into the next chunk.
        let shared = TinyFiles.tokens(2, 3)
        let continuations: [[Int32]] =
            [[5], shared, shared + [7, 8], [9, 10]]
            + (0..<9).map { TinyFiles.tokens(10 + $0, 2 + Int($0)) }
        for adapter in tiny.adapters.indices {
            let together = try tiny.stepper.score(
                prefix: prefix, continuations: continuations, adapter: tiny.adapters[adapter],
                numerics: numerics)
            #expect(together.count == continuations.count)
            for (continuation, score) in zip(continuations, together) {
                let (values, ones) = try stepped(
                    tiny, tiny.timeline(adapter, numerics), prefix, continuation)
                #expect(score.logProbabilities == ones.flatMap(\.logProbabilities))
                #expect(score.isGreedy == ones.flatMap(\.isGreedy))
                for (value, exact) in zip(score.logProbabilities, values) {
                    #expect(abs(value - exact) < 2e-6)
                }
            }
        }
    }

    /// What the model would say itself is greedy; anything else is not.
    @Test func greedyFlagsFollowTheMostProbableToken() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        let prefix = TinyFiles.tokens(3, 40)
        let timeline = tiny.timeline()
        try tiny.stepper.sync([(timeline, prefix)])
        var greedy: [Int32] = []
        for _ in 0..<12 {
            greedy.append(Sampler.mostProbable(timeline.logits))
            try tiny.stepper.step([(timeline, greedy[greedy.count - 1])])
        }
        var other = greedy
        other[5] = (other[5] + 1) % 384
        let scores = try tiny.stepper.score(prefix: prefix, continuations: [greedy, other])
        #expect(scores[0].isGreedy == [Bool](repeating: true, count: 12))
        #expect(scores[1].isGreedy.prefix(6) == [true, true, true, true, true, false])
        #expect(scores[0].logProbability > scores[1].logProbability)
    }

    /// Probabilities of all tokens at one place add up to 1.
    @Test func oneTokenContinuationsAreADistribution() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        let scores = try tiny.stepper.score(
            prefix: [1, 2, 3], continuations: (0..<384).map { [$0] })
        let total = scores.reduce(0) { $0 + exp($1.logProbability) }
        #expect(abs(total - 1) < 1e-6)
        #expect(scores.count { $0.isGreedy == [true] } == 1)
    }

    /// Several prefixes, adapters and thread counts at once change nothing; nor does a prefix that is
    /// there already.
    @Test func tasksTogetherScoreAsTasksAlone() throws {
        let files = try TinyFiles(.q4_1)
        let common = TinyFiles.tokens(4, 300)
        let prefixes = (0..<6).map {
            common.prefix(100 * ($0 % 4)) + TinyFiles.tokens(UInt64($0), 9)
        }
        let continuations = (0..<30).map { TinyFiles.tokens(50 + $0, 1 + Int($0) % 5) }
        var digests: Set<[[ContinuationScore]]> = []
        for threads in [1, 2, 4] {
            let tiny = try TinyEngine(files, threads: threads)
            let tasks = prefixes.enumerated().map { index, prefix in
                ScoringTask(
                    tiny.timeline(index % 3), prefix: Array(prefix), continuations: continuations)
            }
            for _ in 0..<2 { digests.insert(try #require(try tiny.stepper.score(tasks))) }
            #expect(tasks.allSatisfy { $0.timeline.tokens == $0.prefix })
            digests.insert(
                try prefixes.enumerated().map { index, prefix in
                    try tiny.stepper.score(
                        prefix: Array(prefix), continuations: continuations,
                        adapter: tiny.adapters[index % 3])
                })
        }
        #expect(digests.count == 1)
    }

    /// The rows of a long text want more logits than are held at a time.
    @Test func aWholeTextIsScoredInPieces() throws {
        let folder = try TemporaryFolder()
        let model = TinyLlama(
            vocabularySize: 70_000, hiddenSize: 32, intermediateSize: 32, layerCount: 1,
            headCount: 1, keyValueHeadCount: 1, contextLength: 1024)
        try model.writeGGUF(to: folder("wide.gguf"), .q8_0)
        let workers = try Workers(count: 2)
        let engine = try Engine(ModelFile.open(path: folder("wide.gguf")), workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let text = TinyFiles.tokens(6, 320).map { $0 * 182 }
        let whole = try stepper.score(prefix: [text[0]], continuations: [Array(text[1...])])[0]
        #expect(whole.logProbabilities.count == 319)
        for end in [1, 2, 110, 200, 252, 319] {
            let last = try stepper.score(
                prefix: Array(text[..<end]), continuations: [[text[end]]])
            #expect(last[0].logProbabilities[0] == whole.logProbabilities[end - 1])
            #expect(last[0].isGreedy[0] == whole.isGreedy[end - 1])
        }
    }

    @Test func whatCannotBeScoredIsRefused() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        for (prefix, continuation): ([Int32], [Int32]) in [([], [1]), ([1], [])] {
            let error = #expect(throws: TandemError.self) {
                try tiny.stepper.score(prefix: prefix, continuations: [continuation])
            }
            #expect(error?.code == .usage)
        }
        let error = #expect(throws: TandemError.self) {
            try tiny.stepper.score(prefix: [1], continuations: [[2], [3, 384]])
        }
        #expect(error?.code == .mismatch)
    }

    @Test func anInterruptionLeavesThePrefix() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        let timeline = tiny.timeline()
        let prefix = TinyFiles.tokens(1, 20)
        var passes = 0
        let scores = try tiny.stepper.score(
            [ScoringTask(timeline, prefix: prefix, continuations: [TinyFiles.tokens(2, 2000)])],
            isInterrupted: {
                passes += 1
                return passes > 3
            })
        #expect(scores == nil && timeline.tokens == prefix)
    }
}
