extension PythonText {
    static func lowercasedASCII(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// `str.lower()` of UTF-8: a capital sigma at the end of a word becomes the final one.
    static func lowercased(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if isASCII(bytes) { return bytes.map(lowercasedASCII) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            if scalar.isASCII {
                result.append(lowercasedASCII(UInt8(truncatingIfNeeded: scalar.value)))
            } else if scalar == "Σ" {
                result.append(contentsOf: (isFinal(index, scalars) ? "ς" : "σ").utf8)
            } else if scalar.properties.changesWhenLowercased {
                result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                append(scalar, to: &result)
            }
        }
        return result
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
    private static func isFinal(_ index: String.Index, _ scalars: String.UnicodeScalarView) -> Bool
    {
        func isCased(_ next: some Sequence<Unicode.Scalar>) -> Bool {
            next.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
        }
        return isCased(scalars[..<index].reversed()) && !isCased(scalars[index...].dropFirst())
    }
}
