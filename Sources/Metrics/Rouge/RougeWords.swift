/// The words of a text as ROUGE counts them.
enum RougeWords {
    /// Numbers of the stems: words longer than three letters are stemmed.
    static func stems(_ text: String, _ numbers: inout WordNumbers) -> [Int32] {
        words(text).map { word in
            numbers.number(word.count > 3 ? PorterStemmer.stem(word) : word)
        }
    }

    /// Runs of a–z and 0–9 after lower-casing. Letters outside ASCII separate words, but for the few
    /// whose lower case is within.
    static func words(_ text: String) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        func isWord(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        func add(_ byte: UInt8) {
            if isWord(byte) {
                word.append(byte)
            } else if !word.isEmpty {
                words.append(word)
                word = []
            }
        }
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                add((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            } else {
                for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                    add(lower.isASCII ? UInt8(truncatingIfNeeded: lower.value) : 0x20)
                }
            }
        }
        add(0x20)
        return words
    }
}
