/// Texts in lower case without ASCII punctuation, as SQuAD and lm-eval compare answers.
enum PlainWords {
    /// - Parameter memory: room for twice as many bytes.
    /// - Returns: how many bytes were written.
    static func write(
        _ text: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        PythonText.writeLowercased(text, to: memory) { !isPunctuation($0) }
    }

    /// Writes a word with spaces for the articles a, an, the in it. As in Python's regular expressions a
    /// word ends where a letter or digit meets something else, so that the "a" of "a€" is an article.
    /// - Returns: how many bytes were written; nil: there is no article in it.
    static func writeWithoutArticles(
        _ bytes: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        var (index, count, hasArticle) = (0, 0, false)
        while index < bytes.count {
            var end = index
            while end < bytes.count, isLetterOrDigit(bytes[end]) { end += 1 }
            let word = UnsafeBufferPointer(rebasing: bytes[index..<end])
            if isArticle(word), !endsWithLetter(bytes[..<index]), !beginsWithLetter(bytes[end...]) {
                hasArticle = true
                memory[count] = 0x20
                count += 1
            } else {
                end = max(end, index + 1)
                for place in index..<end {
                    memory[count] = bytes[place]
                    count += 1
                }
            }
            index = end
        }
        return hasArticle ? count : nil
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
        switch byte {
        case UInt8(ascii: "!")...UInt8(ascii: "/"), UInt8(ascii: ":")...UInt8(ascii: "@"),
            UInt8(ascii: "[")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// a, an, the.
    static func isArticle(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        switch word.count {
        case 1: word[0] == UInt8(ascii: "a")
        case 2: word[0] == UInt8(ascii: "a") && word[1] == UInt8(ascii: "n")
        case 3:
            word[0] == UInt8(ascii: "t") && word[1] == UInt8(ascii: "h")
                && word[2] == UInt8(ascii: "e")
        default: false
        }
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
