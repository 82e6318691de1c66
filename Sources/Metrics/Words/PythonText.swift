/// Texts as Python's `str` treats them, so that scores agree with Python's libraries.
enum PythonText {
    /// `str.isspace` of one character.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029,
            0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// How many bytes of white space begin at `index`; 0 where there is none.
    static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        if byte < 0x80 { return byte <= 0x20 && (byte >= 0x1C || (9...13).contains(byte)) ? 1 : 0 }
        guard byte == 0xC2 || (0xE1...0xE3).contains(byte) else { return 0 }
        let length = byte == 0xC2 ? 2 : 3
        guard index + length <= bytes.count else { return 0 }
        var code = UInt32(byte) & (byte == 0xC2 ? 0x1F : 0x0F)
        for offset in 1..<length { code = code << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return Unicode.Scalar(code).map(isSpace) == true ? length : 0
    }

    /// Calls `body` with the place of each word of `str.split()`, and whether all of it is ASCII
    /// without control characters.
    @inline(__always)
    static func forEachWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (_ place: Range<Int>, _ isPlain: Bool) -> Void
    ) {
        var (start, index, isPlain) = (0, 0, true)
        while true {
            index = endOfPlain(bytes, from: index)
            if index == bytes.count { break }
            let length = spaceLength(bytes, at: index)
            if length == 0 {
                isPlain = false
                repeat { index += 1 } while index < bytes.count && bytes[index] & 0xC0 == 0x80
                continue
            }
            if index > start { body(start..<index, isPlain) }
            index += length
            (start, isPlain) = (index, true)
        }
        if index > start { body(start..<index, isPlain) }
    }

    /// The first byte from `start` on that is not plain; eight are looked at at a time.
    @inline(__always)
    private static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
            // A byte's top bit is set where it was, or where the byte was below 0x21 or above 0x7E; what
            // a borrow or carry adds lies behind it.
            let found = (((word &- (ones &* 0x21)) & ~word) | word | (word &+ ones)) & (ones << 7)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < raw.count, (0x21..<0x7F).contains(raw[index]) { index += 1 }
        return index
    }

    /// The end of `str.rstrip()`.
    static func endWithoutSpace(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if let last = bytes.last, (0x21..<0x80).contains(last) { return bytes.count }
        var end = 0
        forEachWord(bytes) { word, _ in end = word.upperBound }
        return end
    }

    /// `str.strip()`.
    static func stripped(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.reduce(0) { $0 | $1 } < 0x80
    }
}
