extension JSONParser {
    /// The string that begins here.
    mutating func string() throws(TandemError) -> String {
        position += 1
        let start = position
        skipPlain()
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            let plain = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
            guard let text = String(validating: plain, as: UTF8.self) else { throw notUTF8 }
            position += 1
            return text
        }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(position - start + 256)
        position = start
        try appendRest(to: &buffer)
        guard let text = String(validating: buffer, as: UTF8.self) else { throw notUTF8 }
        return text
    }

    /// Appends the text of the string that begins here.
    mutating func appendString(to buffer: inout [UInt8]) throws(TandemError) {
        position += 1
        let start = buffer.count
        passed = 0
        try appendRest(to: &buffer)
        // Escapes stand for whole characters: they make no other byte right or wrong.
        if passed & Self.tops == 0 { return }
        let isValid = (try? UTF8Span(validating: buffer.span.extracting(start...))) != nil
        if !isValid { throw notUTF8 }
    }

    private var notUTF8: TandemError { error("a string that is not UTF-8") }

    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var tops: UInt64 { ones << 7 }

    /// Goes on to the next byte that a string cannot hold as it is, eight at a time.
    private mutating func skipPlain() {
        let (ones, tops) = (Self.ones, Self.tops)
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
            passed |= word
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // A byte's top bit is set where it was 0, or below 0x20; what a borrow adds lies behind it.
            let found =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
                | ((word &- (ones &* 0x20)) & ~word)
            if found & tops != 0 {
                position += (found & tops).trailingZeroBitCount / 8
                return
            }
            position += 8
        }
        while position < bytes.count, isPlain(bytes[position]) {
            passed |= UInt64(bytes[position])
            position += 1
        }
    }

    /// Appends the text up to the closing quote, and goes behind it.
    private mutating func appendRest(to buffer: inout [UInt8]) throws(TandemError) {
        while position < bytes.count {
            let plain = position
            skipPlain()
            buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[plain..<position]))
            guard position < bytes.count else { break }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte < 0x20 { throw error("a control character inside a string") }
            guard position < bytes.count else { break }
            let escape = bytes[position]
            position += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(escape)
            case UInt8(ascii: "b"): buffer.append(0x08)
            case UInt8(ascii: "f"): buffer.append(0x0C)
            case UInt8(ascii: "n"): buffer.append(0x0A)
            case UInt8(ascii: "r"): buffer.append(0x0D)
            case UInt8(ascii: "t"): buffer.append(0x09)
            case UInt8(ascii: "u"): try appendUnicodeEscape(to: &buffer)
            default: throw error("an unknown escape")
            }
        }
        throw error("a string without its closing quote")
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Adds the UTF-8 bytes of `\uXXXX` or of a surrogate pair; stands behind the `u`.
    private mutating func appendUnicodeEscape(to buffer: inout [UInt8]) throws(TandemError) {
        var code = try fourHexDigits()
        if code >= 0xD800, code < 0xDC00, position + 1 < bytes.count,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = try fourHexDigits()
            guard low >= 0xDC00, low < 0xE000 else { throw error("a lone surrogate") }
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw error("a lone surrogate") }
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { buffer.append(unit) }
    }

    private mutating func fourHexDigits() throws(TandemError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("an incomplete \\u escape") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Self.hexDigit(bytes[position]) else {
                throw error("an incomplete \\u escape")
            }
            code = code << 4 | digit
            position += 1
        }
        return code
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
