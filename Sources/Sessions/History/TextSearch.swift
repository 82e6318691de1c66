import Basics

/// Finds a text in bytes; small and capital letters of ASCII are the same.
public struct TextSearch: Sendable {
    private let needle: [UInt8]
    /// As it stands in JSON.
    private let escaped: [UInt8]

    public init(_ text: String) {
        needle = text.utf8.map(Self.folded)
        escaped = JSON.string(text).text.utf8.dropFirst().dropLast().map(Self.folded)
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    /// The offset in UTF-8 of the first place where it stands in `text`.
    public func offset(in text: String) -> Int? {
        var text = text
        return text.withUTF8 { Self.offset(of: needle, in: UnsafeRawBufferPointer($0)) }
    }

    /// Whether it may stand in a text of the JSON in `bytes`; false where it does not.
    func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
        Self.offset(of: escaped, in: bytes) != nil
    }

    /// - Complexity: O(bytes) for texts as people write them.
    private static func offset(of needle: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let first = needle.first else { return 0 }
        guard bytes.count >= needle.count else { return nil }
        return needle.withUnsafeBufferPointer { needle in
            for start in 0...bytes.count - needle.count where folded(bytes[start]) == first {
                var length = 1
                while length < needle.count, folded(bytes[start + length]) == needle[length] {
                    length += 1
                }
                if length == needle.count { return start }
            }
            return nil
        }
    }
}
