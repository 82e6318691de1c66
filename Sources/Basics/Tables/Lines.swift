import Glibc

/// Where the lines of a text are, empty ones among them.
struct Lines: Sendable {
    /// Of each line, and where one more would begin.
    private var starts: [Int]

    /// None.
    init() { starts = [0] }

    /// - Parameter first: where the first line begins.
    /// - Complexity: O(bytes), on all processors.
    init(of text: FixedBytes, from first: Int) {
        let count = text.bytes.count
        let parts = ItemGroups.map(count, groupSize: 1 << 20, state: ()) { range, _ in
            var starts: [Int] = []
            starts.reserveCapacity(range.count / 256)
            var index = max(range.lowerBound, first)
            while index < range.upperBound, let base = text.bytes.baseAddress,
                let feed = memchr(base + index, 0x0A, range.upperBound - index)
            {
                index = UnsafeRawPointer(feed) - base + 1
                starts.append(index)
            }
            return starts
        }
        starts = [first] + parts.joined()
        if let last = starts.last, last < count { starts.append(count + 1) }
    }

    var count: Int { starts.count - 1 }

    /// Without the character that ends the line.
    subscript(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] - 1 }
}
