import Basics
import Inference
import ModelFiles
import TestSupport
import Testing

/// The promise: the same bits whatever the batch, its neighbours, the threads, the chunks, the cache.
@Suite(.serialized)
struct DeterminismTests {
    /// One way of computing the same continuation.
    struct Setting: Sendable, CustomStringConvertible {
        let batch: Int
        let threads: Int
        let chunk: Int
        var description: String { "batch \(batch), \(threads) threads, chunk \(chunk)" }
    }

    /// Each value of a column meets each value of every other.
    static let settings: [Setting] = [1, 2, 3, 8, 17].enumerated().flatMap { index, batch in
        [1, 2, 4].map { threads in
            Setting(batch: batch, threads: threads, chunk: [1, 7, 64, 999][(index + threads) % 4])
        }
    }

    private let folder: TemporaryFolder
    private let file: ModelFile
    private let adapters: [AdapterFile]

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let model = TinyLlama(
            hiddenSize: 96, intermediateSize: 160, headCount: 3, keyValueHeadCount: 1)
        try model.writeGGUF(to: folder("tiny.gguf"), .q4_1)
        file = try ModelFile.open(path: folder("tiny.gguf"))
        adapters = try (0..<2).map { index in
            let path = folder("lora\(index)")
            let targets = [
                ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
                ["v_proj", "down_proj"],
            ][index]
            try TinyAdapter(for: model, targets: targets, seed: UInt64(20 + index)).write(to: path)
            return try AdapterFile.open(path: path)
        }
    }

    /// A prompt that is longer than one block of attention.
    private func prompt(_ seed: UInt64, _ count: Int) -> [Int32] {
        let random = CounterRandom(seed: seed, stream: 1)
        return (0..<count).map { Int32(random.unit(at: UInt64($0)) * 384) }
    }

    /// The digest of 8 greedy steps of adapter `which` (nil: base), among `setting.batch` timelines.
    private func digest(_ which: Int?, _ setting: Setting) throws -> String {
        let workers = try Workers(count: setting.threads)
        let engine = try Engine(file, workers: workers)
        let loaded: [Adapter?] =
            try [nil] + adapters.map { try Adapter($0, for: engine, workers: workers) }
        let stepper = Stepper(engine, workers: workers)
        let watched = Timeline(engine, adapter: loaded[which.map { $0 + 1 } ?? 0])
        var timelines = (1..<setting.batch).map { Timeline(engine, adapter: loaded[$0 % 3]) }
        timelines.insert(watched, at: setting.batch / 2)
        try stepper.sync(
            timelines.enumerated().map { index, timeline in
                (timeline, timeline === watched ? prompt(3, 540) : prompt(UInt64(index), 5 + index))
            }, chunk: setting.chunk)
        var bytes: [UInt8] = []
        for _ in 0..<8 {
            bytes += watched.logits.withUnsafeBytes { Array($0) }
            try stepper.step(timelines.map { ($0, Sampler.mostProbable($0.logits)) })
        }
        return SHA256.hex(bytes)
    }

    @Test(arguments: [nil, 0, 1])
    func everySettingGivesTheSameBits(_ which: Int?) throws {
        let reference = try digest(which, Setting(batch: 1, threads: 1, chunk: 999))
        for setting in Self.settings {
            #expect(try digest(which, setting) == reference, "\(setting)")
        }
    }

    @Test func adaptersChangeTheAnswerAndNothingElse() throws {
        let setting = Setting(batch: 3, threads: 2, chunk: 64)
        let digests = try [nil, 0, 1].map { try digest($0, setting) }
        #expect(Set(digests).count == 3)
    }

    @Test func aPrefixFromTheCacheGivesTheSameBits() throws {
        let workers = try Workers(count: 2)
        let engine = try Engine(file, workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let long = prompt(3, 560)
        let fresh = Timeline(engine)
        try stepper.sync([(fresh, long)])
        let reused = Timeline(engine)
        try stepper.sync([(reused, Array(long.prefix(300)) + prompt(8, 250))])
        try stepper.sync([(reused, Array(long.prefix(530)))])
        try stepper.sync([(reused, long)])
        #expect(reused.tokens == long)
        #expect(reused.logits == fresh.logits)
        for _ in 0..<20 {
            try stepper.sync([(reused, prompt(9, 33))])
            try stepper.sync([(reused, long)])
        }
        #expect(reused.logits == fresh.logits)
    }

    @Test func tokensOutsideTheVocabularyAreRefused() throws {
        let workers = try Workers(count: 1)
        let engine = try Engine(file, workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let timeline = Timeline(engine)
        for tokens: [Int32] in [[], [384], [-1], [1, 2, .max]] {
            #expect(throws: TandemError.self) { try stepper.sync([(timeline, tokens)]) }
        }
    }
}
