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

    /// Calls `body` with the place of each word of `str.split()`.
    @inline(__always)
    static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
        var (start, index) = (0, 0)
        while true {
            index = endOfPlain(bytes, from: index)
            if index == bytes.count { break }
            let length = bytes[index] == 0x20 ? 1 : spaceLength(bytes, at: index)
            if length == 0 {
                repeat { index += 1 } while index < bytes.count && bytes[index] & 0xC0 == 0x80
                continue
            }
            if index > start { body(start..<index) }
            index += length
            start = index
        }
        if index > start { body(start..<index) }
    }

    /// The first byte from `start` on that is no ASCII, or not above white space; 16 are looked at at
    /// a time, as most words and the space behind them have less.
    @inline(__always)
    private static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        func ends(_ index: Int) -> UInt64 {
            let ones: UInt64 = 0x0101_0101_0101_0101
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
            // A byte's top bit is set where it was, or where the byte was below 0x21; what a borrow adds
            // lies behind it.
            return (((word &- (ones &* 0x21)) & ~word) | word) & (ones << 7)
        }
        var index = start
        while index + 16 <= raw.count {
            let (first, second) = (ends(index), ends(index + 8))
            if first | second != 0 {
                let place =
                    first != 0 ? first.trailingZeroBitCount : 64 + second.trailingZeroBitCount
                return index + place / 8
            }
            index += 16
        }
        while index < raw.count, (0x21..<0x80).contains(raw[index]) { index += 1 }
        return index
    }

    /// The end of `str.rstrip()`.
    static func endWithoutSpace(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = bytes.count
        while end > 0 {
            // The longest white space has three bytes.
            let space = (1...min(3, end)).first { spaceLength(bytes, at: end - $0) == $0 }
            guard let space else { break }
            end -= space
        }
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
