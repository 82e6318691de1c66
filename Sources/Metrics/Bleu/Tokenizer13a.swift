/// The tokenizer `13a` of mteval-v13a, as sacrebleu has it. It looks at ASCII only, so it works on bytes.
///
/// Its regular expressions insert spaces around bytes of a word, and see no further than its white space:
/// words are cut one by one.
enum Tokenizer13a {
    /// How much memory ``write(_:to:)`` needs: each of four passes sets at most two spaces for a byte,
    /// and two copies are needed.
    static func room(forWord count: Int) -> Int { 2 * (9 * count + 2) }

    /// Writes a word with spaces around its tokens; nil: it is one.
    static func write(
        _ word: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let isOne = word.allSatisfy { !isSymbol($0) && !isPoint($0) && $0 != UInt8(ascii: "-") }
        if isOne { return nil }
        let half = memory.count / 2
        let first = UnsafeMutableBufferPointer(rebasing: memory[..<half])
        let second = UnsafeMutableBufferPointer(rebasing: memory[half...])
        var count = 1
        second[0] = 0x20
        for byte in word {
            let isSymbol = isSymbol(byte)
            second[count] = 0x20
            count += isSymbol ? 1 : 0
            second[count] = byte
            second[count + 1] = 0x20
            count += isSymbol ? 2 : 1
        }
        second[count] = 0x20
        count += 1
        count = pairs(second[..<count], first, .afterEach) { !isDigit($0) && isPoint($1) }
        count = pairs(first[..<count], second, .beforeEach) { isPoint($0) && !isDigit($1) }
        count = pairs(second[..<count], first, .afterEach) {
            isDigit($0) && $1 == UInt8(ascii: "-")
        }
        return UnsafeBufferPointer(rebasing: first[..<count])
    }

    private enum Spacing { case beforeEach, afterEach }

    /// Copies with spaces before or after both bytes of each pair, from left to right, without overlap.
    @inline(__always)
    private static func pairs(
        _ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>,
        _ result: UnsafeMutableBufferPointer<UInt8>, _ spacing: Spacing,
        _ isPair: (UInt8, UInt8) -> Bool
    ) -> Int {
        var (index, count) = (0, 0)
        func append(_ byte: UInt8) {
            result[count] = byte
            count += 1
        }
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
        return count
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

    /// Calls `body` with the text without marks of skipped text, hyphens at line ends and four XML
    /// escapes. White space at the end does not count.
    @inline(__always)
    static func withUnescaped(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let text = UnsafeBufferPointer(rebasing: text[..<PythonText.endWithoutSpace(text)])
        let isPlain = text.indices.allSatisfy { index in
            let byte = text[index]
            return byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
                && (byte != 0x0A || index == 0 || text[index - 1] != UInt8(ascii: "-"))
        }
        if isPlain { return body(text) }
        var bytes = Array(text)
        for (old, new) in replacements where bytes.contains(old[0]) {
            bytes = replacing(old, with: new, in: bytes)
        }
        ByteScratch.withPadding(bytes, body)
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
