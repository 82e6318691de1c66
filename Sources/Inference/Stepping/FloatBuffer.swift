import Glibc

/// Floats on cache lines, all 0 at first, freed with the last reference. Pages that nobody writes take
/// no memory.
final class FloatBuffer {
    // The padding of rows is multiplied by zero weights, so it must never hold a NaN.
    let pointer: UnsafeMutablePointer<Float>
    let count: Int
    private let isMapped: Bool

    init(_ count: Int) {
        self.count = count
        let capacity = max(count, 16)
        let mapped = mmap(
            nil, capacity * 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        if let mapped, mapped != MAP_FAILED {
            isMapped = true
            pointer = mapped.bindMemory(to: Float.self, capacity: capacity)
            return
        }
        isMapped = false
        pointer = UnsafeMutableRawPointer.allocate(byteCount: capacity * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: capacity)
        pointer.initialize(repeating: 0, count: capacity)
    }

    deinit {
        if isMapped {
            munmap(pointer, max(count, 16) * 4)
        } else {
            UnsafeMutableRawPointer(pointer).deallocate()
        }
    }
}
