/// Room for bytes that grows and is kept between uses.
struct ByteBuffer: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity = 1 << 16

    init() { start = .allocate(byteCount: capacity, alignment: 64) }

    deinit { start.deallocate() }

    /// At least `count` bytes; what they held is lost.
    mutating func room(for count: Int) -> UnsafeMutableRawPointer {
        if capacity < count {
            start.deallocate()
            start = .allocate(byteCount: count, alignment: 64)
            capacity = count
        }
        return start
    }
}
