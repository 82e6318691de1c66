/// The words of a text as ROUGE counts them.
enum RougeWords {
    /// Runs of a–z and 0–9 after lower-casing, with spaces for everything else. Letters outside ASCII
    /// separate words, but for the two whose lower case begins within: İ and the Kelvin sign.
    static func write(
        _ text: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        var (index, count) = (0, 0)
        while index < text.count {
            if text[index] == 0xE2, text[index...].starts(with: [0xE2, 0x84, 0xAA]) {
                memory[count] = UInt8(ascii: "k")
                index += 3
            } else {
                let isDotted = text[index] == 0xC4 && text[index + 1] == 0xB0
                memory[count] = isDotted ? UInt8(ascii: "i") : word(text[index])
                index += 1
            }
            count += 1
        }
        return UnsafeBufferPointer(rebasing: memory[..<count])
    }

    private static func word(_ byte: UInt8) -> UInt8 {
        let lower = PythonText.lowercasedASCII(byte)
        return lower &- 0x61 < 26 || lower &- 0x30 < 10 ? lower : 0x20
    }
}
