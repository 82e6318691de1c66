import Basics
import Glibc
import Inference
import ModelFiles

// Rates of the engine on one model: loading, prefill, decoding of one variant and of several.
// usage: engine-bench MODEL [--adapter DIR] [--threads N] [--prompt N] [--generate N] [--runs N]
// Prints one JSON line of medians.

struct Options {
    var model = ""
    var adapter: String?
    var threads = 2
    var prompt = 512
    var generate = 64
    var runs = 5
    var context = 0

    init(_ arguments: [String]) throws(TandemError) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--adapter": adapter = rest.popFirst()
            case "--threads": threads = try Self.number(word, rest.popFirst())
            case "--prompt": prompt = try Self.number(word, rest.popFirst())
            case "--generate": generate = try Self.number(word, rest.popFirst())
            case "--runs": runs = try Self.number(word, rest.popFirst())
            case "--context": context = try Self.number(word, rest.popFirst())
            default: model = word
            }
        }
        if model.isEmpty {
            throw TandemError(
                .usage, "no model given", remedy: "engine-bench MODEL [--adapter DIR]")
        }
    }

    private static func number(_ name: String, _ text: String?) throws(TandemError) -> Int {
        guard let value = text.flatMap({ Int($0) }), value >= 0 else {
            throw TandemError(.usage, "\(name) takes a number")
        }
        return value
    }
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try work()
    let duration = clock.now - start
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

func measure(_ options: Options) throws {
    var stepper: Stepper?
    var adapter: Adapter?
    let workers = try Workers(count: options.threads)
    let load = try seconds {
        let file = try ModelFile.open(path: options.model)
        let engine = try Engine(file, workers: workers)
        stepper = Stepper(engine, workers: workers)
        if let path = options.adapter {
            adapter = try Adapter(AdapterFile.open(path: path), for: engine, workers: workers)
        }
    }
    guard let stepper else { return }
    let engine = stepper.engine
    let random = CounterRandom(seed: 0, stream: 0)
    func tokens(_ count: Int) -> [Int32] {
        (0..<count).map {
            let range = engine.configuration.vocabularySize - 200
            return Int32(100 + Int(random.unit(at: UInt64($0)) * Double(range)))
        }
    }
    var result: JSON = [
        "model": .string(options.model), "threads": .integer(workers.count),
        "instruction_set": .string(engine.instructionSet), "load_s": .number(load),
    ]
    func set(_ key: String, _ value: Double) {
        if case .object(var object) = result {
            object[key] = .number((value * 10).rounded() / 10)
            result = .object(object)
        }
    }
    if options.prompt > 0 {
        var rates: [Double] = []
        for run in 0...options.runs {
            let timeline = Timeline(engine)
            let time = try seconds { try stepper.sync([(timeline, tokens(options.prompt))]) }
            if run > 0 { rates.append(Double(options.prompt) / time) }
        }
        set("prefill_tok_s", median(rates))
    }
    func decode(_ adapters: [Adapter?]) throws -> Double {
        var rates: [Double] = []
        for run in 0...options.runs {
            let timelines = adapters.map { Timeline(engine, adapter: $0) }
            try stepper.sync(timelines.map { ($0, tokens(max(1, options.context))) })
            let time = try seconds {
                for _ in 0..<options.generate {
                    try stepper.step(timelines.map { ($0, Sampler.mostProbable($0.logits)) })
                }
            }
            if run > 0 { rates.append(Double(options.generate * adapters.count) / time) }
        }
        return median(rates)
    }
    set("decode_tok_s", try decode([nil]))
    set("decode_two_rows_tok_s", try decode([nil, nil]))
    if let adapter {
        set("decode_pair_tok_s", try decode([nil, adapter]))
        set("decode_four_tok_s", try decode([nil, adapter, adapter, adapter]))
    }
    print(result.text)
}

do {
    try measure(Options(Array(CommandLine.arguments.dropFirst())))
} catch {
    let message = Array("error: \(error)\n".utf8)
    write(STDERR_FILENO, message, message.count)
    exit(1)
}
