/// Reads JSON from bytes (RFC 8259), see ``JSON/parse(_:file:)``.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    let file: String?
    var position = 0
    /// Not 0 where there was a byte outside ASCII in strings, or shortly behind them.
    var wide: UInt8 = 0

    init(bytes: UnsafeRawBufferPointer, file: String?) {
        self.bytes = bytes
        self.file = file
    }

    mutating func document() throws(TandemError) -> JSON {
        skipMark()
        let value = try value(depth: 0)
        try end()
        return value
    }

    /// Goes behind a byte order mark, and white space.
    mutating func skipMark() {
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        skipWhitespace()
    }

    mutating func end() throws(TandemError) {
        skipWhitespace()
        if position < bytes.count { throw error("text after the end of the JSON value") }
    }

    func error(_ message: String) -> TandemError {
        var line = 1
        for byte in bytes[..<min(position, bytes.count)] where byte == 0x0A { line += 1 }
        return TandemError(.malformed, "invalid JSON: " + message, file: file, line: line)
    }

    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    mutating func value(depth: Int) throws(TandemError) -> JSON {
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
        var object = JSONObject()
        guard beginObject() else { return .object(object) }
        repeat {
            try expectKey()
            let key = try string()
            try skipColon { key }
            let member = try value(depth: depth + 1)
            if !object.appendIfAbsent(key, member) { throw doubled(key) }
        } while try separator(closing: UInt8(ascii: "}"))
        return .object(object)
    }

    /// Goes behind the opening bracket; false, and behind the closing one, where there is no member.
    mutating func beginObject() -> Bool {
        position += 1
        skipWhitespace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "}") else { return true }
        position += 1
        return false
    }

    mutating func expectKey() throws(TandemError) {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw error("expected a key in double quotes")
        }
    }

    mutating func skipColon(after key: () -> String) throws(TandemError) {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            throw error("expected ':' after the key \"\(key())\"")
        }
        position += 1
    }

    func doubled(_ key: String) -> TandemError { error("the key \"\(key)\" is there twice") }

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
    mutating func separator(closing: UInt8) throws(TandemError) -> Bool {
        skipWhitespace()
        guard position < bytes.count else { throw error("the text ends inside a list or object") }
        let byte = bytes[position]
        guard byte == UInt8(ascii: ",") || byte == closing else {
            throw error("expected ',' or '\(Character(UnicodeScalar(closing)))'")
        }
        position += 1
        return byte == UInt8(ascii: ",")
    }
}
