extension PythonText {
    static func lowercasedASCII(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// `str.lower()` of UTF-8: a capital sigma at the end of a word becomes the final one.
    static func lowercased(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if isASCII(bytes) {
            return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, count in
                for index in bytes.indices { result[index] = lowercasedASCII(bytes[index]) }
                count = bytes.count
            }
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                result.append(lowercasedASCII(bytes[index]))
                index += 1
                continue
            }
            let (scalar, end) = scalar(bytes, at: index)
            if scalar == "Σ" {
                result.append(contentsOf: (isFinal(index..<end, bytes) ? "ς" : "σ").utf8)
            } else if hasCase(scalar), scalar.properties.changesWhenLowercased {
                result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                result.append(contentsOf: bytes[index..<end])
            }
            index = end
        }
        return result
    }

    /// False for blocks without letters that have cases: punctuation, and East Asian scripts.
    private static func hasCase(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2000..<0x2100, 0x3000..<0xA640, 0xAC00..<0xD800: false
        default: true
        }
    }

    /// The character outside ASCII that begins at `index`, and where it ends; the bytes are a string's.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int)
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
