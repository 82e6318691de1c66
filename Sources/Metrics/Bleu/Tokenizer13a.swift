/// The tokenizer `13a` of mteval-v13a, as sacrebleu has it. It looks at ASCII only, so it works on bytes.
enum Tokenizer13a {
    /// `text` with spaces around its tokens.
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let text = unescaped(text)
        var spaced = [UInt8](unsafeUninitializedCapacity: 3 * text.count + 2) { result, count in
            func append(_ byte: UInt8) {
                result[count] = byte
                count += 1
            }
            append(0x20)
            for byte in text {
                let isSymbol = isSymbol(byte)
                if isSymbol { append(0x20) }
                append(byte)
                if isSymbol { append(0x20) }
            }
            append(0x20)
        }
        spaced = pairs(spaced, .afterEach) { !isDigit($0) && isPoint($1) }
        spaced = pairs(spaced, .beforeEach) { isPoint($0) && !isDigit($1) }
        return pairs(spaced, .afterEach) { isDigit($0) && $1 == UInt8(ascii: "-") }
    }

    private enum Spacing { case beforeEach, afterEach }

    /// Sets spaces before or after both bytes of each pair, from left to right, without overlap.
    private static func pairs(
        _ bytes: [UInt8], _ spacing: Spacing, _ isPair: (UInt8, UInt8) -> Bool
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 5 * bytes.count / 2 + 2) { result, count in
            func append(_ byte: UInt8) {
                result[count] = byte
                count += 1
            }
            var index = 0
            while index < bytes.count {
                guard index + 1 < bytes.count, isPair(bytes[index], bytes[index + 1]) else {
                    append(bytes[index])
                    index += 1
                    continue
                }
                if spacing == .beforeEach { append(0x20) }
                append(bytes[index])
                append(0x20)
                append(bytes[index + 1])
                if spacing == .afterEach { append(0x20) }
                index += 2
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isPoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }

    /// Characters that are tokens of their own: ASCII punctuation but `'`, `,`, `-` and `.`.
    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{")...UInt8(ascii: "~"), UInt8(ascii: "[")...UInt8(ascii: "`"),
            UInt8(ascii: "!")...UInt8(ascii: "&"), UInt8(ascii: "(")...UInt8(ascii: "+"),
            UInt8(ascii: ":")...UInt8(ascii: "@"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    /// Without space at the end, marks of skipped text, hyphens at line ends and four XML escapes.
    private static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes = Array(text[..<PythonText.endWithoutSpace(text)])
        if !bytes.contains(where: { $0 == 0x0A || $0 == 0x26 || $0 == 0x3C }) { return bytes }
        for (old, new) in replacements where bytes.contains(old[0]) {
            bytes = replacing(old, with: new, in: bytes)
        }
        return bytes
    }

    private static let replacements: [([UInt8], [UInt8])] = [
        ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"),
        ("&lt;", "<"), ("&gt;", ">"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    private static func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == old[0], bytes[index...].starts(with: old) {
                result += new
                index += old.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
