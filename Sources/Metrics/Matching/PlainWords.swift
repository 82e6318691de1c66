/// Texts in lower case without ASCII punctuation, as SQuAD and lm-eval compare answers.
enum PlainWords {
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let bytes = PythonText.lowercased(text)
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, count in
            for byte in bytes {
                result[count] = byte
                count += isPunctuation(byte) ? 0 : 1
            }
        }
    }

    /// The articles a, an, the replaced by spaces. As in Python's regular expressions a word ends where
    /// a letter or digit meets something else, so that the "a" of "a€" is an article.
    static func withoutArticles(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            var end = index
            while end < bytes.count, isLetterOrDigit(bytes[end]) { end += 1 }
            if end == index {
                result.append(bytes[index])
                index += 1
                continue
            }
            let isWord =
                isArticle(bytes[index..<end]) && !endsWithLetter(bytes[..<index])
                && !beginsWithLetter(bytes[end...])
            if isWord {
                result.append(0x20)
            } else {
                result.append(contentsOf: bytes[index..<end])
            }
            index = end
        }
        return result
    }

    private static func endsWithLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let last = bytes.last, last >= 0x80 else { return false }
        let start = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.startIndex
        return beginsWithLetter(bytes[start...])
    }

    /// Whether a letter or number outside ASCII comes first.
    private static func beginsWithLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
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

    private static func isArticle(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 3
            && (word.elementsEqual("a".utf8) || word.elementsEqual("an".utf8)
                || word.elementsEqual("the".utf8))
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
