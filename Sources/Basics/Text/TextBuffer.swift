/// Memory for the UTF-8 of texts, one after another, that is kept when they are forgotten.
public struct TextBuffer: Sendable {
    /// What is behind `count` is left from before.
    private var memory: [UInt8] = []
    public private(set) var count = 0

    public init() {}

    public mutating func removeAll() { count = 0 }

    /// Adds the bytes that `write` puts into room for `limit` ones; it returns how many.
    @inline(__always)
    mutating func append<Failure: Error>(
        upTo limit: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        let start = count
        makeRoom(limit)
        count += try memory.withUnsafeMutableBufferPointer { memory throws(Failure) in
            try write(UnsafeMutableBufferPointer(rebasing: memory[start..<start + limit]))
        }
    }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        append(upTo: bytes.count) { target in
            UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
            return bytes.count
        }
    }

    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Lets so many bytes be read behind the last text.
    public mutating func makeRoom(_ limit: Int) {
        if memory.count >= count + limit { return }
        memory += repeatElement(0, count: count + limit + memory.count)
    }

    /// Calls `body` with the bytes of `range`.
    @inline(__always)
    public func withBytes<Result>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        memory.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    public func text(_ range: Range<Int>) -> String {
        withBytes(range) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the bytes from `start` on are UTF-8.
    func isValid(from start: Int) -> Bool {
        (try? UTF8Span(validating: memory.span.extracting(start..<count))) != nil
    }
}
