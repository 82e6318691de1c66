import Basics

/// Finds added tokens in text: at each place the longest, from left to right.
struct AddedTokens: Sendable {
    struct Match {
        let id: Int32
        /// The bytes of the text that it takes, spaces that it strips included.
        let range: Range<Int>
    }

    private struct Entry {
        let bytes: [UInt8]
        let token: VocabularyData.AddedToken
    }

    /// By the first byte, longest first.
    private var entries: [[Entry]] = Array(repeating: [], count: 256)

    init(_ tokens: [VocabularyData.AddedToken]) {
        for token in tokens {
            let bytes = Array(token.text.utf8)
            guard let first = bytes.first else { continue }
            entries[Int(first)].append(Entry(bytes: bytes, token: token))
        }
        for index in entries.indices {
            entries[index].sort { $0.bytes.count > $1.bytes.count }
        }
    }

    /// - Parameter trusted: the parts of the text in which control tokens count, in order.
    func matches(in text: UnsafeBufferPointer<UInt8>, trusted: [Range<Int>]) -> [Match] {
        var matches: [Match] = []
        var (position, part, taken) = (0, 0, 0)
        while position < text.count {
            while part < trusted.count, trusted[part].upperBound <= position { part += 1 }
            let trustedEnd =
                part < trusted.count && trusted[part].lowerBound <= position
                ? trusted[part].upperBound : 0
            let entry = entries[Int(text[position])].first { entry in
                let end = position + entry.bytes.count
                return end <= text.count && (!entry.token.isControl || end <= trustedEnd)
                    && zip(text[position..<end], entry.bytes).allSatisfy { $0 == $1 }
                    && (!entry.token.isSingleWord || Self.isAlone(position..<end, in: text))
            }
            guard let entry else {
                position += 1
                continue
            }
            var range = position..<position + entry.bytes.count
            if entry.token.stripsLeft {
                while range.lowerBound > taken, Self.isSpace(text[range.lowerBound - 1]) {
                    range = range.lowerBound - 1..<range.upperBound
                }
            }
            if entry.token.stripsRight {
                while range.upperBound < text.count, Self.isSpace(text[range.upperBound]) {
                    range = range.lowerBound..<range.upperBound + 1
                }
            }
            matches.append(Match(id: Int32(entry.token.id), range: range))
            position = range.upperBound
            taken = position
        }
        return matches
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        func isWord(_ index: Int) -> Bool {
            guard text.indices.contains(index) else { return false }
            let byte = text[index]
            return byte >= 0x80 || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return !isWord(range.lowerBound - 1) && !isWord(range.upperBound)
    }
}
