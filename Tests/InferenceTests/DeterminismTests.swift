import Basics
import Inference
import ModelFiles
import TestSupport
import Testing

/// The promise: the same bits whatever the batch, its neighbours, the threads, the chunks, the cache.
@Suite(.serialized)
struct DeterminismTests {
    /// Where the watched timelines' prompts come from.
    enum Prefix: CaseIterable {
        /// All of it is computed, in one sync.
        case computed
        /// A timeline holds another prompt with the same beginning.
        case kept
        /// Forked from a timeline that went on otherwise.
        case forked
        /// Forked by `sync` from a neighbour.
        case shared
    }

    /// One way of computing the same continuations.
    struct Setting: Sendable, CustomStringConvertible {
        let batch: Int
        let threads: Int
        let chunk: Int
        let hasOtherAdapters: Bool
        let prefix: Prefix
        /// Of the timeline that is watched; 0 is none.
        let adapter: Int
        var description: String {
            "adapter \(adapter), batch \(batch), \(threads) threads, chunk \(chunk), "
                + "\(hasOtherAdapters ? "with" : "without") other adapters, prefix \(prefix)"
        }
    }

    /// Each value of a column meets each value of every other (checked below).
    static let settings: [Setting] = [1, 2, 3, 8, 17].enumerated().flatMap { row, batch in
        (0..<4).map { column in
            Setting(
                batch: batch, threads: [1, 2, 4][(row + column) % 3],
                chunk: [1, 7, 64, 999][column],
                hasOtherAdapters: (row + column / 2) % 2 == 1,
                prefix: Prefix.allCases[(row + 3 * column) % 4],
                adapter: adapterColumn[4 * row + column])
        }
    }

    private static let adapterColumn = [0, 2, 1, 1, 0, 1, 1, 2, 2, 1, 2, 0, 1, 0, 2, 2, 2, 2, 0, 1]

    static let promptLength = 530
    static let steps = 6

    private func prompt() -> [Int32] { TinyFiles.tokens(3, Self.promptLength) }

    /// The timeline that is watched, ready for its prompt.
    private func watched(
        _ tiny: TinyEngine, _ adapter: Int, _ numerics: Numerics, _ prefix: Prefix
    ) throws -> Timeline {
        let timeline = tiny.timeline(adapter, numerics)
        let other = prompt().prefix(520) + TinyFiles.tokens(8, 30)
        switch prefix {
        case .computed, .shared: return timeline
        case .kept:
            try tiny.stepper.sync([(timeline, Array(other))])
            return timeline
        case .forked:
            try tiny.stepper.sync([(timeline, Array(other))])
            let fork = timeline.fork(count: 515)
            try tiny.stepper.step([(timeline, 4)])
            return fork
        }
    }

    /// The SHA-256 of tokens and logits of some steps, greedy and with a seed, among neighbours.
    private func digest(
        _ tiny: TinyEngine, _ numerics: Numerics, _ setting: Setting
    ) throws -> String {
        let samplers = [
            Sampler(SamplingSettings()),
            Sampler(SamplingSettings(temperature: 1.5, topK: 40, topP: 0.95, seed: 7)),
        ]
        let adapter = setting.adapter
        let timeline = try watched(tiny, adapter, numerics, setting.prefix)
        var timelines = (1..<setting.batch).map { index in
            tiny.timeline(setting.hasOtherAdapters ? (adapter + index) % 3 : adapter, numerics)
        }
        timelines.insert(timeline, at: setting.batch / 2)
        try tiny.stepper.sync(
            timelines.enumerated().map { index, one in
                if one === timeline { return (one, prompt()) }
                let tokens = TinyFiles.tokens(UInt64(30 + index), 5 + index)
                return (one, setting.prefix == .shared ? prompt().prefix(400) + tokens : tokens)
            }, chunk: setting.chunk)
        // The draw goes on from where the greedy steps went on from.
        let start = timeline.fork(count: Self.promptLength - 1)
        var bytes: [UInt8] = []
        for sampler in samplers {
            var context = prompt()
            for _ in 0..<Self.steps {
                timeline.logits.withUnsafeBytes { bytes += $0 }
                let next = sampler.next(logits: timeline.logits, context: context)
                withUnsafeBytes(of: next) { bytes += $0 }
                context.append(next)
                try tiny.stepper.step(
                    timelines.map { one in
                        (one, one === timeline ? next : Sampler.mostProbable(one.logits))
                    })
            }
            try tiny.stepper.sync([(timeline, start.tokens + [prompt()[Self.promptLength - 1]])])
        }
        return SHA256.hex(bytes)
    }

    @Test(arguments: [TensorType.q4_1, .q8_0, .bf16], Numerics.all)
    func everySettingGivesTheSameBits(_ type: TensorType, _ numerics: Numerics) throws {
        let files = try TinyFiles(type)
        var engines: [Int: TinyEngine] = [:]
        for threads in [1, 2, 4] { engines[threads] = try TinyEngine(files, threads: threads) }
        let alone = try TinyEngine(files, threads: 1)
        let references = try (0..<3).map { adapter in
            try digest(
                alone, numerics,
                Setting(
                    batch: 1, threads: 1, chunk: 999, hasOtherAdapters: false, prefix: .computed,
                    adapter: adapter))
        }
        // Adapters change the answer.
        #expect(Set(references).count == 3)
        for setting in Self.settings {
            let tiny = try #require(engines[setting.threads])
            #expect(
                try digest(tiny, numerics, setting) == references[setting.adapter], "\(setting)")
        }
    }

    /// Without it the settings above might miss two values together.
    @Test func theSettingsArePairwise() {
        let columns: [(values: Int, value: (Setting) -> AnyHashable)] = [
            (5, { $0.batch }), (3, { $0.threads }), (4, { $0.chunk }), (2, { $0.hasOtherAdapters }),
            (4, { $0.prefix }), (3, { $0.adapter }),
        ]
        for (index, one) in columns.enumerated() {
            for other in columns.dropFirst(index + 1) {
                let pairs = Set(Self.settings.map { [one.value($0), other.value($0)] })
                #expect(pairs.count == one.values * other.values)
            }
        }
    }

    /// The first run and the hundredth, other prompts between, and an engine loaded again.
    @Test(arguments: Numerics.all)
    func runsAndLoadsDoNotMatter(_ numerics: Numerics) throws {
        let files = try TinyFiles(.q4_1)
        let tokens = prompt()
        var first: [Float] = []
        for _ in 0..<2 {
            let tiny = try TinyEngine(files)
            let timeline = tiny.timeline(1, numerics)
            for run in 0..<100 {
                try tiny.stepper.sync([(timeline, tokens)])
                if first.isEmpty { first = timeline.logits }
                #expect(timeline.logits == first, "run \(run)")
                let kept = tokens.prefix(run * 5)
                try tiny.stepper.sync([(timeline, kept + TinyFiles.tokens(UInt64(run), 9))])
            }
        }
    }

    /// Steps use the memory of logits before, but not of those that somebody holds.
    @Test func logitsThatAreHeldStay() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        let timeline = tiny.timeline(1, .exact)
        try tiny.stepper.sync([(timeline, prompt())])
        let held = timeline.logits
        let copy = held.map { $0 + 0 }
        for token: Int32 in 1...4 {
            let step = try tiny.stepper.step([(timeline, tokens: [token, token + 1])])
            let copies = step[0].map { $0.map { $0 + 0 } }
            try tiny.stepper.step([(timeline, token: 7)])
            #expect(step[0] == copies && copies[0] != copies[1])
        }
        #expect(held == copy && held != timeline.logits)
    }

    @Test func tokensOutsideTheVocabularyAreRefused() throws {
        let tiny = try TinyEngine(TinyFiles(.q8_0))
        for tokens: [Int32] in [[], [384], [-1], [1, 2, .max]] {
            #expect(throws: TandemError.self) {
                try tiny.stepper.sync([(tiny.timeline(), tokens)])
            }
        }
    }
}
