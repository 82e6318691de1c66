import Basics
import CMachineLimits
import Inference

/// The machine's limits, with all threads.
struct MachineLimits {
    /// Bytes a second that were read from memory, time after time. On a machine that is shared it
    /// swings by a factor of two.
    private(set) var readings: [Double] = []
    /// The most multiply-adds a second that were seen; 0 where the processor has no instruction for
    /// them.
    private(set) var f32Rate = 0.0
    private(set) var bf16Rate = 0.0
    private(set) var int8Rate = 0.0

    /// The median of the readings, as the rates are medians of runs between them.
    var bandwidth: Double { Stopwatch.median(readings) }

    /// Measures once more, in about 0.2 s.
    mutating func observe(_ workers: Workers, _ reader: MemoryReader) {
        readings.append(reader.rate(workers))
        f32Rate = max(f32Rate, Self.rate(ML_F32, workers))
        bf16Rate = max(bf16Rate, Self.rate(ML_BF16, workers))
        int8Rate = max(int8Rate, Self.rate(ML_INT8, workers))
    }

    /// Takes over what is better in `other`.
    mutating func merge(_ other: MachineLimits) {
        readings += other.readings
        f32Rate = max(f32Rate, other.f32Rate)
        bf16Rate = max(bf16Rate, other.bf16Rate)
        int8Rate = max(int8Rate, other.int8Rate)
    }

    /// The rate of the products that `arithmetic` makes with weights of `type`.
    func productRate(_ arithmetic: Numerics.Arithmetic, type: String) -> Double {
        if arithmetic == .exact || type == "F16" || type == "F32" { return f32Rate }
        let rate = type == "BF16" ? bf16Rate : int8Rate
        return rate > 0 ? rate : f32Rate
    }

    private static func rate(_ product: ml_product, _ workers: Workers) -> Double {
        let rounds: UInt64 = 2_000_000
        let perRound = Double(ml_multiply(product, 1))
        if perRound == 0 { return 0 }
        let seconds = (0..<3).map { _ in
            Stopwatch.seconds { workers.run { _ in _ = ml_multiply(product, rounds) } }
        }
        return perRound * Double(rounds) * Double(workers.count) / (seconds.min() ?? .infinity)
    }

    var json: JSON {
        [
            "read_bytes_per_second": .number(bandwidth),
            "readings": .array(readings.map(JSON.number)), "f32_per_second": .number(f32Rate),
            "bf16_per_second": .number(bf16Rate), "int8_per_second": .number(int8Rate),
        ]
    }
}
