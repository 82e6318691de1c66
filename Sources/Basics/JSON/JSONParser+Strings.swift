import CText

extension JSONParser {
    /// The string that begins here.
    mutating func string() throws(TandemError) -> String {
        position += 1
        let end = position + plainCount(from: position)
        if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
            let plain = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
            guard let text = String(validating: plain, as: UTF8.self) else { throw notUTF8 }
            position = end + 1
            return text
        }
        var buffer = TextBuffer()
        let limit = quote(from: end) - position
        try buffer.append(upTo: limit) { target throws(TandemError) in try unescape(to: target) }
        if !buffer.isValid(from: 0) { throw notUTF8 }
        return buffer.text(0..<buffer.count)
    }

    /// Appends the text of the string that begins here.
    mutating func appendString(to buffer: inout TextBuffer) throws(TandemError) {
        position += 1
        let start = buffer.count
        wide = 0
        // No text is longer than what is written for it.
        try buffer.append(upTo: bytes.count - position) { target throws(TandemError) in
            try unescape(to: target)
        }
        // Escapes stand for whole characters: they make no other byte right or wrong.
        if wide != 0, !buffer.isValid(from: start) { throw notUTF8 }
    }

    private var notUTF8: TandemError { error("a string that is not UTF-8") }

    /// How many bytes a string can hold as they are.
    private mutating func plainCount(from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        return tx_plain(base + start, bytes.count - start, &wide)
    }

    /// The closing quote of a string, or where the text ends or has what no string holds.
    private mutating func quote(from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
            index = min(index + 2, bytes.count)
            index += plainCount(from: index)
        }
        return index
    }

    /// Writes the text up to the closing quote, and goes behind it.
    /// - Parameter target: room for as many bytes as there are up to the quote.
    /// - Returns: how many bytes the text has.
    private mutating func unescape(
        to target: UnsafeMutableBufferPointer<UInt8>
    ) throws(TandemError) -> Int {
        var count = 0
        while position < bytes.count, let base = bytes.baseAddress {
            let plain = tx_copy_plain(
                base + position, min(bytes.count - position, target.count - count),
                target.baseAddress.map { $0 + count }, &wide)
            count += plain
            position += plain
            guard position < bytes.count else { break }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return count }
            if byte < 0x20 { throw error("a control character inside a string") }
            guard position < bytes.count else { break }
            let escape = bytes[position]
            position += 1
            if escape == UInt8(ascii: "u") {
                count += try unescapeUnicode(to: target, at: count)
                continue
            }
            target[count] = try unescaped(escape)
            count += 1
        }
        throw error("a string without its closing quote")
    }

    /// What a backslash and a character stand for.
    private func unescaped(_ escape: UInt8) throws(TandemError) -> UInt8 {
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escape
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: throw error("an unknown escape")
        }
    }

    /// Writes the UTF-8 bytes of `\uXXXX` or of a surrogate pair; stands behind the `u`.
    /// - Returns: how many there are.
    private mutating func unescapeUnicode(
        to target: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) throws(TandemError) -> Int {
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
        var end = start
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
            target[end] = unit
            end += 1
        }
        return end - start
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
