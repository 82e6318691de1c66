/// Memory for the bytes of one text after another.
struct ByteScratch: Sendable {
    /// So many bytes can be read behind those that were asked for: words are read 16 at a time.
    static let padding = 16

    private var memory: [UInt8] = []

    /// Calls `body` with room for `capacity` bytes, which hold anything.
    mutating func with<Result>(
        _ capacity: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Result
    ) -> Result {
        if memory.count < capacity + Self.padding {
            memory = [UInt8](repeating: 0, count: 2 * capacity + Self.padding)
        }
        return memory.withUnsafeMutableBufferPointer { body($0) }
    }
}
