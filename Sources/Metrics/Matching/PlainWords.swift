/// Texts in lower case without ASCII punctuation, as SQuAD and lm-eval compare answers.
enum PlainWords {
    /// Writes a word as lm-eval compares it.
    static func write(
        _ word: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let count = PythonText.lowercase(word, to: memory) { !isPunctuation($0) }
        return UnsafeBufferPointer(rebasing: memory[..<count])
    }

    /// Writes a word with spaces for the articles a, an, the in it. As in Python's regular expressions a
    /// word ends where a letter or digit meets something else, so that the "a" of "a€" is an article.
    static func writeWithoutArticles(
        _ word: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        guard let bytes = write(word, to: memory) else { return nil }
        if bytes.allSatisfy(isLetterOrDigit) { return bytes }
        let result = UnsafeMutableBufferPointer(rebasing: memory[(memory.count / 2)...])
        var (index, count) = (0, 0)
        while index < bytes.count {
            var end = index
            while end < bytes.count, isLetterOrDigit(bytes[end]) { end += 1 }
            if end - index <= 3, end > index,
                WordKey(UnsafeBufferPointer(rebasing: bytes[index..<end])).isArticle,
                !endsWithLetter(bytes[..<index]), !beginsWithLetter(bytes[end...])
            {
                result[count] = 0x20
                count += 1
            } else {
                end = max(end, index + 1)
                for place in index..<end {
                    result[count] = bytes[place]
                    count += 1
                }
            }
            index = end
        }
        return UnsafeBufferPointer(rebasing: result[..<count])
    }

    private static func endsWithLetter(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let last = bytes.last, last >= 0x80 else { return false }
        let start = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.startIndex
        return beginsWithLetter(bytes[start...])
    }

    /// Whether a letter or number outside ASCII comes first.
    private static func beginsWithLetter(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first, first >= 0x80 else { return false }
        let scalar = String(decoding: bytes.prefix(4), as: UTF8.self).unicodeScalars.first
        return scalar.map(isLetterOrNumber) ?? false
    }

    /// Python's `string.punctuation`.
    static func isPunctuation(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 0x40 ? 0xFC00_FFFE_0000_0000 : 0x7800_0001_F800_0001
        return byte < 0x80 && bits >> UInt64(byte & 0x3F) & 1 == 1
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }

    private static func isLetterOrNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
