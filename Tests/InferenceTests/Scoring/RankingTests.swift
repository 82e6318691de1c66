import Inference
import ModelFiles
import TestSupport
import Testing

/// Ranks and most probable tokens are those of the logits that stepping gives, whatever is scored
/// together.
struct RankingTests {
    private static let size = TinyVocabulary.size

    /// The ids in the order of their logits; of equal ones the lower id first.
    private func order(_ logits: [Float]) -> [Int32] {
        logits.indices.sorted {
            logits[$0] != logits[$1] ? logits[$0] > logits[$1] : $0 < $1
        }.map(Int32.init)
    }

    @Test(arguments: [TensorType.q4_1, .bf16], Numerics.all)
    func ranksAreThoseOfTheLogits(_ type: TensorType, _ numerics: Numerics) throws {
        let tiny = try TinyEngine(TinyFiles(type))
        let prefix = TinyFiles.tokens(1, 300)
        let continuation = TinyFiles.tokens(2, 9)
        for adapter in tiny.adapters.indices {
            let task = ScoringTask(
                tiny.timeline(adapter, numerics), prefix: prefix,
                continuations: [continuation, [7]], bestCount: 5)
            let scores = try #require(try tiny.stepper.score([task])?.first)
            #expect(scores[0].rankings.count == 9 && scores[1].rankings.count == 1)
            let timeline = tiny.timeline(adapter, numerics)
            try tiny.stepper.sync([(timeline, prefix)])
            for (place, token) in continuation.enumerated() {
                let order = order(timeline.logits)
                let ranking = scores[0].rankings[place]
                #expect(ranking.rank == order.firstIndex(of: token).map { $0 + 1 })
                #expect(ranking.best.map(\.id) == Array(order.prefix(5)))
                #expect(scores[0].isGreedy[place] == (ranking.rank == 1))
                try tiny.stepper.step([(timeline, token)])
            }
        }
    }

    /// What a candidate gets is what it gets when it is scored itself, bit for bit.
    @Test func candidatesHaveTheirOwnScores() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        let prefix = TinyFiles.tokens(3, 20)
        func score(_ continuations: [[Int32]], _ count: Int?) throws -> [ContinuationScore] {
            let task = ScoringTask(
                tiny.timeline(), prefix: prefix, continuations: continuations, bestCount: count)
            return try #require(try tiny.stepper.score([task])?.first)
        }
        for continuation: [Int32] in [[9], [5, 9]] {
            let ranking = try #require(try score([continuation], Self.size)[0].rankings.last)
            #expect(ranking.best.count == Self.size)
            #expect(ranking.best[ranking.rank - 1].id == 9)
            let each = try score(
                ranking.best.map { continuation.dropLast() + [$0.id] }, nil)
            #expect(ranking.best.map(\.logProbability) == each.compactMap(\.logProbabilities.last))
            #expect(each.allSatisfy { $0.rankings.isEmpty })
        }
        #expect(try score([[9]], 0)[0].rankings.first?.best == [])
        #expect(try score([[9]], 1000)[0].rankings.first?.best.count == Self.size)
    }

    /// Tokens whose embeddings are the same have the same logit: the lower id comes first.
    @Test func equalLogitsAreInTheOrderOfTheirIDs() throws {
        let folder = try TemporaryFolder()
        try TestFile.write(
            TinyLlama().gguf(repeatingTokensFrom: 300).bytes(), to: folder("twins.gguf"))
        let workers = try Workers(count: 2)
        let engine = try Engine(ModelFile.open(path: folder("twins.gguf")), workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let task = ScoringTask(
            Timeline(engine), prefix: [1, 2, 3],
            continuations: [[300], [301], [383], [4, 300], [4, 383]], bestCount: Self.size)
        let scores = try #require(try stepper.score([task])?.first)
        let ranks = scores.compactMap { $0.rankings.last?.rank }
        #expect(ranks[1] == ranks[0] + 1 && ranks[2] == ranks[0] + 83)
        #expect(ranks[4] == ranks[3] + 83)
        for score in scores {
            let best = try #require(score.rankings.last).best.map(\.id)
            let first = try #require(best.firstIndex(of: 300))
            #expect(Array(best[first..<first + 84]) == Array(300..<384))
        }
    }

    /// Neighbours that want no ranks, other prefixes and other thread counts change nothing.
    @Test func tasksTogetherRankAsTasksAlone() throws {
        let files = try TinyFiles(.q4_1)
        var digests: Set<[[ContinuationScore]]> = []
        for threads in [1, 2, 4] {
            let tiny = try TinyEngine(files, threads: threads)
            let tasks = (0..<6).map { index in
                ScoringTask(
                    tiny.timeline(index % 3),
                    prefix: TinyFiles.tokens(UInt64(index), 40 + 90 * index),
                    continuations: [TinyFiles.tokens(9, 30), [5]],
                    bestCount: index == 1 ? nil : index)
            }
            let together = try #require(try tiny.stepper.score(tasks))
            digests.insert(together)
            digests.insert(
                try tasks.map { try #require(try tiny.stepper.score([$0])?.first) })
            #expect(together[1].allSatisfy { $0.rankings.isEmpty })
            #expect(together[4][0].rankings.allSatisfy { $0.best.count == 4 })
        }
        #expect(digests.count == 1)
    }
}
