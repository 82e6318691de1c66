import Basics
import Glibc

/// Memory for packed weights: page-aligned, in large pages where the system has them.
final class WeightMemory: @unchecked Sendable {
    // Safe to share: written while the engine loads, only read afterwards.
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    private static let largePage = 2 << 20

    /// - Throws: `limit` when the system has not got the memory.
    init(byteCount: Int) throws(TandemError) {
        self.byteCount = max(byteCount, 1)
        let mapped = mmap(
            nil, self.byteCount + Self.largePage, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw TandemError(
                .limit, "\(byteCount >> 20) MiB for the weights could not be had",
                remedy: "unload a model, or use a smaller type")
        }
        // The pages before and after the aligned part are never touched, so they take no memory.
        let address = UInt(bitPattern: mapped)
        let aligned = (address + UInt(Self.largePage - 1)) / UInt(Self.largePage)
        offset = Int(aligned * UInt(Self.largePage) - address)
        base = mapped + offset
        madvise(base, self.byteCount, MADV_HUGEPAGE)
    }

    private let offset: Int

    deinit { munmap(base - offset, byteCount + Self.largePage) }
}
