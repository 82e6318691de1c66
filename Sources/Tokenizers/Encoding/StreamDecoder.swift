/// Turns tokens into text as they come: whole characters only.
public struct StreamDecoder: Sendable {
    private let tokenizer: Tokenizer
    /// The beginning of a character whose other bytes are still to come.
    private var pending: [UInt8] = []
    /// Whether a space at the very beginning belongs to the spelling, not to the text.
    private var dropsSpace: Bool

    /// - Parameter continues: whether the text goes on from a prompt, so that a space at its beginning
    ///   counts.
    public init(_ tokenizer: Tokenizer, continues: Bool = false) {
        self.tokenizer = tokenizer
        dropsSpace = tokenizer.prefixesSpace && !continues
    }

    /// The text that `token` completes; empty for control tokens.
    public mutating func append(_ token: Int32) -> String {
        var bytes = tokenizer.bytes(of: token)
        if dropsSpace, let first = bytes.first {
            if first == 0x20 { bytes.removeFirst() }
            dropsSpace = false
        }
        pending += bytes
        let whole = Self.wholeCharacters(pending)
        let text = String(decoding: pending[..<whole], as: UTF8.self)
        pending.removeFirst(whole)
        return text
    }

    /// What is left: an incomplete character becomes U+FFFD.
    public mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes are left when an incomplete character at the end is held back.
    private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte < 0x80 { return bytes.count }
            if (0xC2...0xF4).contains(byte) {
                let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                return needed > back ? bytes.count - back : bytes.count
            }
        }
        return bytes.count
    }
}
