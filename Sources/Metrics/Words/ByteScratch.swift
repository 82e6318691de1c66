/// Memory for the bytes of one word after another.
struct ByteScratch: Sendable {
    /// So many bytes can be read behind a text or a word: texts are read 64 at a time, words 16.
    static let padding = 64

    private var memory: [UInt8] = []

    /// What a rule may need for a word: in lower case it has at most 3 bytes for 2, and most spaces are
    /// set by ``Tokenizer13a``.
    static func room(forWord count: Int) -> Int { Tokenizer13a.room(forWord: count) }

    /// Calls `body` with room for `capacity` bytes, which hold anything.
    @inline(__always)
    mutating func with(_ capacity: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        if memory.count < capacity + Self.padding {
            memory = [UInt8](repeating: 0, count: 2 * capacity + Self.padding)
        }
        memory.withUnsafeMutableBufferPointer {
            body(UnsafeMutableBufferPointer(rebasing: $0[..<capacity]))
        }
    }

    /// Calls `body` with the bytes of a text that can be read beyond.
    static func withPadding(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let padded = bytes + [UInt8](repeating: 0, count: padding)
        padded.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[..<bytes.count]))
        }
    }
}
