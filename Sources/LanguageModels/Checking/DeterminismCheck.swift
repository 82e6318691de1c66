import Basics
import Inference
import ModelFiles

/// Computes the same answer in many ways and compares the logits bit by bit.
///
/// The prompt is made of ids drawn by counter, so it exists for every vocabulary.
public struct DeterminismCheck {
    /// One way, and whether it gave the bits of the first.
    public struct Finding: Sendable {
        public let name: String
        public let digest: String
        public let agrees: Bool
    }

    public let instructionSet: String
    public let findings: [Finding]

    private static let promptLength = 70
    private static let steps = 8

    /// - Parameter threads: the most threads to try.
    /// - Throws: what loading the model and the adapter refuse.
    /// - Complexity: about 1,500 tokens computed, and loading once for each number of threads.
    public init(modelPath: String, adapterPath: String?, threads: Int) throws(TandemError) {
        var results: [(name: String, digest: String)] = []
        var instructionSet = ""
        let file = try ModelFile.open(path: modelPath)
        var counts: [Int] = []
        for count in [threads, 1, 2] where count <= max(2, threads) && !counts.contains(count) {
            counts.append(count)
        }
        for count in counts {
            let bench = try Bench(file, adapterPath: adapterPath, threads: count)
            instructionSet = bench.stepper.engine.instructionSet
            let on = count == 1 ? "1 thread" : "\(count) threads"
            results.append(("alone, \(on)", try bench.digest()))
            for neighbours in [1, 2, 7] {
                results.append(
                    (
                        "with \(neighbours) neighbours, \(on)",
                        try bench.digest(neighbours: neighbours)
                    ))
            }
            for chunk in [1, 7, 64] {
                results.append(
                    ("prompt in pieces of \(chunk), \(on)", try bench.digest(chunk: chunk)))
            }
            results.append(("prefix kept, \(on)", try bench.digest(keepsPrefix: true)))
        }
        results.append(
            (
                "loaded again",
                try Bench(
                    ModelFile.open(path: modelPath), adapterPath: adapterPath, threads: threads
                )
                .digest()
            ))
        self.instructionSet = instructionSet
        let expected = results.first?.digest
        findings = results.map {
            Finding(name: $0.name, digest: $0.digest, agrees: $0.digest == expected)
        }
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
        func digest(
            neighbours: Int = 0, chunk: Int = Stepper.rowLimit, keepsPrefix: Bool = false
        ) throws(TandemError) -> String {
            let tokens = prompt(0, DeterminismCheck.promptLength)
            let engine = stepper.engine
            var timelines = [Timeline(engine)]
            if let adapter { timelines.append(Timeline(engine, adapter: adapter)) }
            let others = (0..<neighbours).map { index in
                (
                    timeline: Timeline(engine, adapter: index % 2 == 1 ? adapter : nil),
                    tokens: prompt(UInt64(index + 1), 20 + 9 * index)
                )
            }
            if keepsPrefix {
                let other = tokens.prefix(40) + prompt(99, 12)
                try stepper.sync(timelines.map { ($0, Array(other)) })
            }
            // Neighbours come before, between and after.
            try stepper.sync(
                others.prefix(1) + timelines.map { ($0, tokens) } + others.dropFirst(), chunk: chunk
            )
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
