import Basics
import CMachineLimits
import Glibc
import Inference

/// The machine's measured limits, with all threads.
struct MachineLimits {
    /// Bytes a second that are read from memory.
    let bandwidth: Double
    /// Multiply-adds a second; 0 where the processor has no instruction for them.
    let f32Rate, bf16Rate, int8Rate: Double

    /// Far more than a cache holds.
    private static let bufferBytes = 512 << 20
    private static let largePage = 2 << 20

    /// - Throws: `limit` without memory for the buffer.
    init(_ workers: Workers) throws(TandemError) {
        bandwidth = try Self.readingRate(workers)
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

    /// The best of several passes: what disturbs a pass can only make it slower.
    private static func readingRate(_ workers: Workers) throws(TandemError) -> Double {
        let mapped = mmap(
            nil, bufferBytes + largePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0
        )
        guard let mapped, mapped != MAP_FAILED else {
            throw TandemError(.limit, "no memory for a buffer of \(bufferBytes >> 20) MB")
        }
        defer { munmap(mapped, bufferBytes + largePage) }
        let base = UnsafeMutableRawPointer(
            bitPattern: (UInt(bitPattern: mapped) + UInt(largePage) - 1) & ~(UInt(largePage) - 1))
        guard let base else { return 0 }
        madvise(base, bufferBytes, MADV_HUGEPAGE)
        memset(base, 1, bufferBytes)
        nonisolated(unsafe) let buffer = base
        let share = bufferBytes / workers.count & ~4095
        var best = Double.infinity
        for _ in 0..<10 {
            best = min(
                best,
                Stopwatch.seconds {
                    workers.run { thread in _ = ml_read(buffer + thread * share, share) }
                })
        }
        return Double(share * workers.count) / best
    }

    private static func rate(_ product: ml_product, _ workers: Workers) -> Double {
        let rounds: UInt64 = 2_000_000
        let count = Double(ml_multiply(product, 1000)) / 1000 * Double(rounds)
        if count == 0 { return 0 }
        var best = Double.infinity
        for _ in 0..<5 {
            best = min(
                best,
                Stopwatch.seconds { workers.run { _ in _ = ml_multiply(product, rounds) } })
        }
        return count * Double(workers.count) / best
    }

    var json: JSON {
        [
            "read_bytes_per_second": .number(bandwidth), "f32_per_second": .number(f32Rate),
            "bf16_per_second": .number(bf16Rate), "int8_per_second": .number(int8Rate),
        ]
    }
}
