import Basics
import CMachineLimits
import Inference

/// The machine's measured limits, with all threads.
struct MachineLimits {
    /// Bytes a second that are read from memory.
    var bandwidth: Double
    /// Multiply-adds a second; 0 where the processor has no instruction for them.
    let f32Rate, bf16Rate, int8Rate: Double

    init(_ workers: Workers, reader: MemoryReader) {
        bandwidth = reader.rate(workers)
        f32Rate = Self.rate(ML_F32, workers)
        bf16Rate = Self.rate(ML_BF16, workers)
        int8Rate = Self.rate(ML_INT8, workers)
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
        let seconds = (0..<5).map { _ in
            Stopwatch.seconds { workers.run { _ in _ = ml_multiply(product, rounds) } }
        }
        return perRound * Double(rounds) * Double(workers.count) / (seconds.min() ?? .infinity)
    }

    var json: JSON {
        [
            "read_bytes_per_second": .number(bandwidth), "f32_per_second": .number(f32Rate),
            "bf16_per_second": .number(bf16Rate), "int8_per_second": .number(int8Rate),
        ]
    }
}
