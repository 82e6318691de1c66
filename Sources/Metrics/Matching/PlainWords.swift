/// Texts in lower case without ASCII punctuation, as SQuAD and lm-eval compare answers.
enum PlainWords {
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes = PythonText.lowercased(text)
        bytes.removeAll(where: isPunctuation)
        return bytes
    }

    /// The articles a, an, the replaced by spaces. As in Python's regular expressions a word ends where
    /// a letter or digit meets something else, so that the "a" of "a€" is an article.
    static func withoutArticles(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { bytes in
            let isASCII = PythonText.isASCII(bytes)
            var word = result
            func endWord() {
                result.append(contentsOf: isArticle(word) ? [0x20] : word)
                word.removeAll(keepingCapacity: true)
            }
            if isASCII {
                for byte in bytes {
                    if isLetterOrDigit(byte) {
                        word.append(byte)
                    } else {
                        endWord()
                        result.append(byte)
                    }
                }
            } else {
                for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                    if isLetterOrNumber(scalar) {
                        word.append(contentsOf: String(scalar).utf8)
                    } else {
                        endWord()
                        result.append(contentsOf: String(scalar).utf8)
                    }
                }
            }
            endWord()
        }
        return result
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

    private static func isArticle(_ word: [UInt8]) -> Bool {
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
