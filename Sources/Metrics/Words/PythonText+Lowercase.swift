extension PythonText {
    static func lowercasedASCII(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// `str.lower()` of UTF-8: a capital sigma at the end of a word becomes the final one.
    static func lowercased(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 2 * bytes.count) { result, count in
            count = lowercase(bytes, to: result) { _ in true }
        }
    }

    /// Writes `str.lower()` of a word. White space around it would change nothing.
    static func writeLowercased(
        _ word: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        UnsafeBufferPointer(rebasing: memory[..<lowercase(word, to: memory) { _ in true }])
    }

    /// Writes `str.lower()` of the bytes.
    /// - Parameters:
    ///   - memory: room for twice as many bytes: lower case has at most 3 for 2.
    ///   - isKept: whether an ASCII byte stays.
    /// - Returns: how many bytes were written.
    @inline(__always)
    static func lowercase(
        _ bytes: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>,
        _ isKept: (UInt8) -> Bool
    ) -> Int {
        var (index, count) = (0, 0)
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                memory[count] = lowercasedASCII(byte)
                count += isKept(byte) ? 1 : 0
                index += 1
                continue
            }
            let (scalar, end) = scalar(bytes, at: index)
            if scalar == "Σ" {
                count += copy((isFinal(index..<end, bytes) ? "ς" : "σ").utf8, memory, count)
            } else if mayHaveCase(scalar), scalar.properties.changesWhenLowercased {
                count += copy(scalar.properties.lowercaseMapping.utf8, memory, count)
            } else {
                count += copy(bytes[index..<end], memory, count)
            }
            index = end
        }
        return count
    }

    private static func copy(
        _ bytes: some Collection<UInt8>, _ memory: UnsafeMutableBufferPointer<UInt8>, _ start: Int
    ) -> Int {
        var end = start
        for byte in bytes {
            memory[end] = byte
            end += 1
        }
        return end - start
    }

    /// False for blocks without letters that have cases: Latin-1 punctuation, general punctuation, and
    /// East Asian scripts.
    private static func mayHaveCase(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80..<0xC0, 0x2000..<0x2100, 0x3000..<0xA640, 0xAC00..<0xD800: false
        default: true
        }
    }

    /// The character outside ASCII that begins at `index`, and where it ends; the bytes are a string's.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int)
        -> (Unicode.Scalar, end: Int)
    {
        let first = UInt32(bytes[index])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var code = first & (0x7F >> UInt32(length))
        for offset in 1..<length { code = code << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return (Unicode.Scalar(code) ?? "\u{FFFD}", index + length)
    }

    /// Appends the UTF-8 of a character.
    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if scalar.isASCII {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                bytes.append(unit)
            }
        }
    }

    /// Whether a sigma ends a word: a cased letter is before it and none after it, whatever marks that
    /// case ignores stand between.
    private static func isFinal(_ sigma: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        func isCased(_ next: some Sequence<Unicode.Scalar>) -> Bool {
            next.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
        }
        let before = String(decoding: bytes[..<sigma.lowerBound], as: UTF8.self)
        let after = String(decoding: bytes[sigma.upperBound...], as: UTF8.self)
        return isCased(before.unicodeScalars.reversed()) && !isCased(after.unicodeScalars)
    }
}
