import Basics
import Inference
import ModelFiles

/// Computes the same answer in many ways and compares the logits bit by bit, in exact arithmetic and
/// in fast.
///
/// The prompt is made of ids drawn by counter, so it exists for every vocabulary.
public struct DeterminismCheck {
    /// One way, and whether it gave the bits of the first with the same numerics.
    public struct Finding: Sendable {
        public let numerics: Numerics
        public let name: String
        public let digest: String
        public let agrees: Bool
    }

    public let instructionSet: String
    public let threads: Int
    public let findings: [Finding]

    private static let promptLength = 70
    private static let steps = 8

    /// - Parameter threads: the most threads to try.
    /// - Throws: what loading the model and the adapter refuse.
    /// - Complexity: about 6,000 tokens computed, and loading once for each number of threads.
    public init(modelPath: String, adapterPath: String?, threads: Int) throws(TandemError) {
        let kinds = Numerics.Arithmetic.allCases.map { Numerics($0) }
        var results: [(numerics: Numerics, name: String, digest: String)] = []
        let file = try ModelFile.open(path: modelPath)
        var instructionSet = ""
        var counts: [Int] = []
        for count in [threads, 1, 2] where count <= max(2, threads) && !counts.contains(count) {
            counts.append(count)
        }
        for count in counts {
            let bench = try Bench(file, adapterPath: adapterPath, threads: count)
            instructionSet = bench.stepper.engine.instructionSet
            let on = count == 1 ? "1 thread" : "\(count) threads"
            for numerics in kinds {
                for way in Way.all where numerics == .exact || way.isForEveryKind {
                    results.append(
                        (numerics, "\(way.name), \(on)", try bench.digest(way, numerics)))
                }
            }
        }
        let again = try Bench(
            ModelFile.open(path: modelPath), adapterPath: adapterPath, threads: threads)
        for numerics in kinds {
            results.append((numerics, "loaded again", try again.digest(Way.all[0], numerics)))
        }
        self.instructionSet = instructionSet
        self.threads = threads
        findings = kinds.flatMap { numerics in
            let own = results.filter { $0.numerics == numerics }
            return own.map {
                Finding(
                    numerics: numerics, name: $0.name, digest: $0.digest,
                    agrees: $0.digest == own[0].digest)
            }
        }
    }

    /// A way of computing the same answer.
    private struct Way {
        let name: String
        var neighbours = 0
        var chunk = Stepper.rowLimit
        var keepsPrefix = false
        /// Fast arithmetic takes the same paths through batches and prompts: a few ways show it.
        var isForEveryKind = false

        static let all =
            [Way(name: "alone", isForEveryKind: true)]
            + [1, 2, 7].map {
                Way(
                    name: "with \($0) neighbour\($0 == 1 ? "" : "s")", neighbours: $0,
                    isForEveryKind: $0 == 2)
            }
            + [1, 7, 64].map {
                Way(name: "prompt in pieces of \($0)", chunk: $0, isForEveryKind: $0 == 7)
            }
            + [Way(name: "prefix kept", keepsPrefix: true, isForEveryKind: true)]
    }

    /// One engine, and the ways of using it.
    private struct Bench {
        let stepper: Stepper
        let adapter: Adapter?

        init(_ file: ModelFile, adapterPath: String?, threads: Int) throws(TandemError) {
            let workers = try Workers(count: threads)
            let engine = try Engine(file, workers: workers)
            stepper = Stepper(engine, workers: workers)
            if let adapterPath {
                adapter = try Adapter(
                    AdapterFile.open(path: adapterPath), for: engine, workers: workers)
            } else {
                adapter = nil
            }
        }

        private func prompt(_ stream: UInt64, _ count: Int) -> [Int32] {
            let random = CounterRandom(seed: 1, stream: stream)
            let size = Double(stepper.engine.configuration.vocabularySize)
            return (0..<count).map { Int32(random.unit(at: UInt64($0)) * size) }
        }

        /// The SHA-256 of the tokens and logits of a few greedy steps, for the base and the adapter.
        func digest(_ way: Way, _ numerics: Numerics) throws(TandemError) -> String {
            let tokens = prompt(0, DeterminismCheck.promptLength)
            let engine = stepper.engine
            func timeline(_ adapter: Adapter?) -> Timeline {
                Timeline(engine, adapter: adapter, numerics: numerics)
            }
            let timelines = [timeline(nil)] + (adapter.map { [timeline($0)] } ?? [])
            let others = (0..<way.neighbours).map { index in
                (
                    timeline: timeline(index % 2 == 1 ? adapter : nil),
                    tokens: prompt(UInt64(index + 1), 20 + 9 * index)
                )
            }
            if way.keepsPrefix {
                let other = tokens.prefix(40) + prompt(99, 12)
                try stepper.sync(timelines.map { ($0, Array(other)) })
            }
            // Neighbours come before, between and after.
            try stepper.sync(
                others.prefix(1) + timelines.map { ($0, tokens) } + others.dropFirst(),
                chunk: way.chunk)
            var bytes: [UInt8] = []
            for step in 0...DeterminismCheck.steps {
                for timeline in timelines {
                    timeline.logits.withUnsafeBytes { bytes += $0 }
                }
                if step == DeterminismCheck.steps { break }
                let all =
                    others.prefix(1).map(\.timeline) + timelines
                    + others.dropFirst().map(\.timeline)
                try stepper.step(all.map { ($0, Sampler.mostProbable($0.logits)) })
            }
            return SHA256.hex(bytes)
        }
    }
}
