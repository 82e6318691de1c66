import Basics
import Glibc

/// Memory for packed weights, in large pages where the system has them: its own, or a file's.
final class WeightMemory: @unchecked Sendable {
    // Safe to share: written while the engine loads, only read afterwards.
    let base: UnsafeMutableRawPointer
    let byteCount: Int
    /// Where the reserved addresses begin.
    private let start: UnsafeMutableRawPointer

    static let largePage = 2 << 20

    /// Memory of this process, zero.
    /// - Throws: `limit` when the system has not got the memory.
    init(byteCount: Int) throws(TandemError) {
        self.byteCount = max(byteCount, 1)
        start = try Self.reserve(
            self.byteCount, PROT_READ | PROT_WRITE, "unload a model, or use a smaller type")
        base = start.alignedUp(toMultipleOf: Self.largePage)
        madvise(base, self.byteCount, MADV_HUGEPAGE)
    }

    /// The first `byteCount` bytes of a file, read-only. The descriptor may be closed afterwards.
    /// - Throws: `limit`, `inputOutput`.
    init(descriptor: Int32, byteCount: Int, path: String) throws(TandemError) {
        self.byteCount = max(byteCount, 1)
        start = try Self.reserve(self.byteCount, PROT_NONE, "unload a model")
        base = start.alignedUp(toMultipleOf: Self.largePage)
        let mapped = mmap(
            base, self.byteCount, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0)
        guard mapped == base else {
            let reason = String(cString: strerror(errno))
            munmap(start, self.byteCount + Self.largePage)
            throw TandemError(.inputOutput, reason, file: path)
        }
        madvise(base, self.byteCount, MADV_HUGEPAGE)
    }

    deinit { munmap(start, byteCount + Self.largePage) }

    /// Gives the pages that lie in `range` back to the system. Nobody may read them any more.
    func discard(_ range: Range<Int>) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let first = (range.lowerBound + page - 1) / page * page
        let last = range.upperBound / page * page
        if first < last { madvise(base + first, last - first, MADV_DONTNEED) }
    }

    /// Addresses for `byteCount` bytes from a large page's border on. What lies before and after is
    /// never touched, so it takes no memory.
    private static func reserve(
        _ byteCount: Int, _ protection: Int32, _ remedy: String
    ) throws(TandemError) -> UnsafeMutableRawPointer {
        let mapped = mmap(
            nil, byteCount + largePage, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw TandemError(
                .limit, "\(byteCount >> 20) MiB for the weights could not be had", remedy: remedy)
        }
        return mapped
    }
}
