import Glibc

/// Where the lines of a text are, empty ones among them.
struct Lines: Sendable {
    /// Of each line, and where one more would begin.
    private var starts: [Int]

    /// None.
    init() { starts = [0] }

    /// - Parameter first: where the first line begins.
    init(of bytes: UnsafeRawBufferPointer, from first: Int) {
        starts = [first]
        starts.reserveCapacity(bytes.count / 256)
        guard let base = bytes.baseAddress else { return }
        while let start = starts.last, start < bytes.count {
            let feed = memchr(base + start, 0x0A, bytes.count - start)
            starts.append((feed.map { UnsafeRawPointer($0) - base } ?? bytes.count) + 1)
        }
    }

    var count: Int { starts.count - 1 }

    /// Without the character that ends the line.
    subscript(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] - 1 }
}
