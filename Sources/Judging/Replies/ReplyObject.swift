import Basics

/// The JSON object in a judge's reply: alone, in a code fence, or with prose around it.
enum ReplyObject {
    /// - Throws: `malformed` where there is none, or more than one.
    static func find(in reply: String) throws(TandemError) -> JSONObject {
        if let object = (try? JSON.parse(reply))?.object { return object }
        let bytes = Array(reply.utf8)
        var found: [JSONObject] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "{")) {
            guard let end = end(of: bytes, from: start) else { break }
            if let object = (try? JSON.parse(Array(bytes[start...end])))?.object {
                found.append(object)
                position = end + 1
            } else {
                position = start + 1
            }
        }
        if found.isEmpty { throw TandemError(.malformed, "the judge's reply holds no JSON object") }
        if found.count > 1 {
            throw TandemError(.malformed, "the judge's reply holds \(found.count) JSON objects")
        }
        return found[0]
    }

    /// The brace that closes the one at `start`.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var (depth, isInString, isEscaped) = (0, false, false)
        for index in start..<bytes.count {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
