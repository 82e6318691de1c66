import Basics
import CMachineLimits
import Glibc
import Inference

/// A buffer far larger than any cache, read by all threads to see how fast memory is.
final class MemoryReader {
    private let mapped: UnsafeMutableRawPointer
    private let base: UnsafeMutableRawPointer

    private static let byteCount = 512 << 20
    private static let largePage = 2 << 20

    /// - Throws: `limit` without memory for the buffer.
    init() throws(TandemError) {
        let mapped = mmap(
            nil, Self.byteCount + Self.largePage, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw TandemError(.limit, "no memory for a buffer of \(Self.byteCount >> 20) MiB")
        }
        self.mapped = mapped
        base = mapped.alignedUp(toMultipleOf: Self.largePage)
        madvise(base, Self.byteCount, MADV_HUGEPAGE)
        memset(base, 1, Self.byteCount)
    }

    deinit { munmap(mapped, Self.byteCount + Self.largePage) }

    /// Bytes a second, the best of a few passes: what disturbs a pass can only make it slower.
    func rate(_ workers: Workers) -> Double {
        let share = Self.byteCount / workers.count & ~4095
        nonisolated(unsafe) let base = base
        let seconds = (0..<4).map { _ in
            Stopwatch.seconds {
                workers.run { thread in _ = ml_read(base + thread * share, share) }
            }
        }
        return Double(share * workers.count) / (seconds.min() ?? .infinity)
    }
}
