extension JSON {
    /// Nesting deeper than this is refused: a parser that recurses must not be driven off its stack.
    public static let depthLimit = 64

    /// Reads one JSON value (RFC 8259) that fills `bytes`.
    ///
    /// Refused, with the line: anything after the value, duplicate keys, invalid UTF-8, lone
    /// surrogates, numbers outside the range of a double, nesting beyond `depthLimit`.
    /// - Parameter file: the name that errors give.
    /// - Complexity: O(bytes).
    public static func parse(_ bytes: UnsafeRawBufferPointer, file: String? = nil)
        throws(TandemError) -> JSON
    {
        var parser = JSONParser(bytes: bytes, file: file)
        return try parser.document()
    }

    public static func parse(_ text: String, file: String? = nil) throws(TandemError) -> JSON {
        try parse(Array(text.utf8), file: file)
    }

    public static func parse(_ bytes: some Collection<UInt8>, file: String? = nil)
        throws(TandemError) -> JSON
    {
        let parsed: Result<JSON, TandemError>? = bytes.withContiguousStorageIfAvailable { bytes in
            do throws(TandemError) {
                return .success(try parse(UnsafeRawBufferPointer(bytes), file: file))
            } catch {
                return .failure(error)
            }
        }
        guard let parsed else { return try parse(Array(bytes), file: file) }
        return try parsed.get()
    }
}

private struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    let file: String?
    var position = 0

    init(bytes: UnsafeRawBufferPointer, file: String?) {
        self.bytes = bytes
        self.file = file
    }

    mutating func document() throws(TandemError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipWhitespace()
        if position < bytes.count { throw error("text after the end of the JSON value") }
        return value
    }

    private func error(_ message: String) -> TandemError {
        var line = 1
        for byte in bytes[..<min(position, bytes.count)] where byte == 0x0A { line += 1 }
        return TandemError(.malformed, "invalid JSON: " + message, file: file, line: line)
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(TandemError) -> JSON {
        if depth > JSON.depthLimit { throw error("nested deeper than \(JSON.depthLimit) levels") }
        skipWhitespace()
        guard position < bytes.count else { throw error("the text ends where a value must be") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("unexpected byte 0x\(String(bytes[position], radix: 16))")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(TandemError) -> JSON {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count else { throw error("unexpected end of text") }
        for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] {
            throw error("expected \(text)")
        }
        position += length
        return value
    }

    private mutating func object(depth: Int) throws(TandemError) -> JSON {
        position += 1
        var object = JSONObject()
        skipWhitespace()
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        while true {
            skipWhitespace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("expected a key in double quotes")
            }
            let key = try string()
            skipWhitespace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
                throw error("expected ':' after the key \"\(key)\"")
            }
            position += 1
            let member = try value(depth: depth + 1)
            if !object.appendIfAbsent(key, member) {
                throw error("the key \"\(key)\" is there twice")
            }
            if try !separator(closing: UInt8(ascii: "}")) { return .object(object) }
        }
    }

    private mutating func array(depth: Int) throws(TandemError) -> JSON {
        position += 1
        var elements: [JSON] = []
        skipWhitespace()
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            if try !separator(closing: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Reads a comma (true) or the closing bracket (false).
    private mutating func separator(closing: UInt8) throws(TandemError) -> Bool {
        skipWhitespace()
        guard position < bytes.count else { throw error("the text ends inside a list or object") }
        let byte = bytes[position]
        guard byte == UInt8(ascii: ",") || byte == closing else {
            throw error("expected ',' or '\(Character(UnicodeScalar(closing)))'")
        }
        position += 1
        return byte == UInt8(ascii: ",")
    }

    private mutating func number() throws(TandemError) -> JSON {
        let start = position
        func isDigit(_ at: Int) -> Bool {
            at < bytes.count && bytes[at] >= UInt8(ascii: "0") && bytes[at] <= UInt8(ascii: "9")
        }
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        guard isDigit(position) else { throw error("expected a digit") }
        if bytes[position] == UInt8(ascii: "0"), isDigit(position + 1) {
            throw error("a number with a leading zero")
        }
        while isDigit(position) { position += 1 }
        var isInteger = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard isDigit(position) else { throw error("expected a digit after the point") }
            while isDigit(position) { position += 1 }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            guard isDigit(position) else { throw error("expected a digit in the exponent") }
            while isDigit(position) { position += 1 }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw error("the number \(text.prefix(40)) is out of range")
        }
        return .number(value)
    }

    private mutating func string() throws(TandemError) -> String {
        position += 1
        let start = position
        skipPlain()
        guard position < bytes.count else { throw error("a string without its closing quote") }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            let text = try validated(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
            position += 1
            return text
        case UInt8(ascii: "\\"): return try escapedString(from: start)
        default: throw error("a control character inside a string")
        }
    }

    /// Goes on to the next byte that a string cannot hold as it is, eight at a time.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
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
        while position < bytes.count, isPlain(bytes[position]) { position += 1 }
    }

    private func validated(_ bytes: UnsafeRawBufferPointer) throws(TandemError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("a string that is not UTF-8")
        }
        return text
    }

    private mutating func escapedString(from start: Int) throws(TandemError) -> String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(position - start + 256)
        buffer.append(contentsOf: bytes[start..<position])
        while position < bytes.count {
            let plain = position
            skipPlain()
            buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[plain..<position]))
            guard position < bytes.count else { break }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard let text = String(validating: buffer, as: UTF8.self) else {
                    throw error("a string that is not UTF-8")
                }
                return text
            }
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
