import Inference
import ModelFiles

/// An engine of a small model, nil and its adapters, and what steps it.
struct TinyEngine {
    let stepper: Stepper
    /// The base first.
    let adapters: [Adapter?]
    var engine: Engine { stepper.engine }

    init(_ files: TinyFiles, threads: Int = 2) throws {
        let workers = try Workers(count: threads)
        let engine = try Engine(files.file, workers: workers)
        adapters =
            try [nil] + files.adapters.map { try Adapter($0, for: engine, workers: workers) }
        stepper = Stepper(engine, workers: workers)
    }

    func timeline(_ adapter: Int = 0, _ numerics: Numerics = .exact) -> Timeline {
        Timeline(engine, adapter: adapters[adapter], numerics: numerics)
    }
}

extension Numerics {
    /// Every way of computing.
    static let all: [Numerics] = Arithmetic.allCases.flatMap { arithmetic in
        CacheType.allCases.map { Numerics(arithmetic, cache: $0) }
    }
}
