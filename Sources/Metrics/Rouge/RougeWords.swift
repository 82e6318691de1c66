/// The words of a text as ROUGE counts them.
enum RougeWords {
    /// Runs of a–z and 0–9 after lower-casing, with spaces for everything else. Letters outside ASCII
    /// separate words, but for the two whose lower case begins within: İ and the Kelvin sign.
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if PythonText.isASCII(text) { return text.map(word) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\u{130}": result += [UInt8(ascii: "i"), 0x20]
            case "\u{212A}": result.append(UInt8(ascii: "k"))
            default:
                result.append(scalar.isASCII ? word(UInt8(truncatingIfNeeded: scalar.value)) : 0x20)
            }
        }
        return result
    }

    private static func word(_ byte: UInt8) -> UInt8 {
        let lower = PythonText.lowercasedASCII(byte)
        return lower &- 0x61 < 26 || lower &- 0x30 < 10 ? lower : 0x20
    }
}
