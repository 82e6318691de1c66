import Basics
import Inference
import ModelFiles

/// The rates of one model, measured in turns with llama.cpp's.
struct ModelRates {
    /// Tokens a second of one measure, run after run.
    struct Rate {
        let measure: Measure
        let numerics: Numerics
        let work: Workload
        var runs: [Double] = []
        /// The most that the machine allows, and what limits it.
        var limit: (rate: Double, by: String) = (.infinity, "")

        var median: Double { Stopwatch.median(runs) }
        var shareOfLimit: Double { median / limit.rate }
    }

    let model: BenchModel
    let loadSeconds: Double
    /// What the machine gave between the runs.
    let limits: MachineLimits
    /// Processors that other programs kept busy meanwhile.
    let otherLoad: Double
    private(set) var rates: [Rate] = []
    /// llama.cpp's tokens a second; empty without it.
    private(set) var peer: [Measure: [Double]] = [:]
    let profiles: [StepProfile]

    /// - Parameter runs: timed runs of each measure, after one that is not counted.
    init(
        _ model: BenchModel, workers: Workers, reader: MemoryReader,
        cache: Numerics.CacheType,
        runs: Int, llamaCpp: LlamaCpp?
    ) throws {
        self.model = model
        let engine = try EngineUnderTest(
            modelPath: model.path, adapterPath: model.adapterPath, workers: workers)
        loadSeconds = engine.loadSeconds
        try llamaCpp?.load(model.path, threads: workers.count)
        let kinds = model.arithmetics.map { Numerics($0, cache: cache) }
        for measure in model.measures where engine.canRun(measure) {
            for numerics in kinds {
                rates.append(
                    Rate(
                        measure: measure, numerics: numerics,
                        work: Workload(measure, engine, numerics)))
            }
        }
        let load = OtherLoad(child: llamaCpp?.processID)
        var limits = MachineLimits()
        for run in 0...runs {
            limits.observe(workers, reader)
            for index in rates.indices {
                let (measure, numerics) = (rates[index].measure, rates[index].numerics)
                let seconds = try engine.run(measure, numerics)
                if run > 0 { rates[index].runs.append(Double(measure.tokenCount) / seconds) }
                // Once a round, between Tandem's two ways.
                guard let llamaCpp, numerics == kinds[0], measure.peerMeasure == measure else {
                    continue
                }
                let peerSeconds = try llamaCpp.run(measure)
                if run > 0 {
                    peer[measure, default: []].append(Double(measure.tokenCount) / peerSeconds)
                }
            }
        }
        self.limits = limits
        otherLoad = load.processors
        for index in rates.indices {
            let rate = rates[index]
            let limit = rate.work.limit(on: limits, rate.numerics, type: model.type)
            rates[index].limit = (Double(rate.measure.tokenCount) / limit.seconds, limit.by)
        }
        let profiled = [Measure.decodeOne, .decodeFour, .prefill].filter(engine.canRun)
        profiles = try profiled.flatMap { measure in
            try kinds.map { try StepProfile(engine, measure, $0) }
        }
    }

    func rate(_ measure: Measure, _ arithmetic: Numerics.Arithmetic) -> Rate? {
        rates.first { $0.measure == measure && $0.numerics.arithmetic == arithmetic }
    }

    /// How many times faster than llama.cpp; nil without it.
    func ratio(_ rate: Rate) -> Double? {
        peer[rate.measure.peerMeasure].map { rate.median / Stopwatch.median($0) }
    }

    var json: JSON {
        [
            "model": .string(model.title), "type": .string(model.type),
            "path": .string(model.path), "load_s": .number(loadSeconds),
            "limits": limits.json, "other_load": .number(otherLoad),
            "rates": .array(
                rates.map { rate in
                    [
                        "measure": .string(rate.measure.rawValue),
                        "numerics": .string(rate.numerics.label),
                        "tokens_per_second": .number(rate.median),
                        "runs": .array(rate.runs.map(JSON.number)),
                        "llama_cpp_ratio": ratio(rate).map(JSON.number) ?? .null,
                        "limit": .number(rate.limit.rate), "limited_by": .string(rate.limit.by),
                        "share_of_limit": .number(rate.shareOfLimit),
                    ]
                }),
            "llama_cpp": .array(
                Measure.allCases.compactMap { measure in
                    peer[measure].map {
                        [
                            "measure": .string(measure.rawValue),
                            "tokens_per_second": .number(Stopwatch.median($0)),
                            "runs": .array($0.map(JSON.number)),
                        ]
                    }
                }),
            "profiles": .array(profiles.map(\.json)),
        ]
    }
}
