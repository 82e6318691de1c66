/// What a word is found by: its bytes where there are at most 16, so that equal keys are equal words;
/// else a hash of its bytes, and the last 8.
struct WordKey: Equatable, Sendable {
    let low: UInt64
    let high: UInt64
    let count: Int32

    static let exactLimit = 16

    private init(low: UInt64, high: UInt64, count: Int) {
        self.low = low
        self.high = high
        self.count = Int32(truncatingIfNeeded: count)
    }

    /// Of no word.
    static let none = WordKey(low: 0, high: 0, count: 0)

    /// - Parameter word: 16 bytes can be read from its start on, however long it is.
    init(_ word: UnsafeBufferPointer<UInt8>) {
        let count = word.count
        if count <= Self.exactLimit {
            self.init(
                low: Self.load(word, 0) & Self.mask(count),
                high: Self.load(word, 8) & Self.mask(count - 8), count: count)
        } else {
            let hash = stride(from: 0, to: count - 8, by: 8).reduce(UInt64(0)) {
                Self.mixed($0 ^ Self.load(word, $1), 0xD6E8_FEB8_6659_FD93)
            }
            self.init(low: hash, high: Self.load(word, count - 8), count: count)
        }
    }

    /// Of a word of at most 16 ASCII characters; nil for others.
    /// - Parameters:
    ///   - word: 16 bytes can be read from its start on, however long it is.
    ///   - lowers: whether the key is that of the word in lower case.
    ///   - hasMarks: whether the word may have other characters than letters and digits.
    @inline(__always)
    init?(simple word: UnsafeBufferPointer<UInt8>, lowers: Bool, hasMarks: Bool = false) {
        let count = word.count
        if count > Self.exactLimit { return nil }
        let (lowMask, highMask) = (Self.mask(count), Self.mask(count - 8))
        let (low, high) = (Self.load(word, 0) & lowMask, Self.load(word, 8) & highMask)
        let (letters, others) = (Self.letters(low), Self.letters(high))
        let outside =
            hasMarks
            ? (low | high) & Self.tops
            : (lowMask & Self.tops ^ (letters | Self.digits(low)))
                | (highMask & Self.tops ^ (others | Self.digits(high)))
        if outside != 0 { return nil }
        self.init(
            low: lowers ? low | letters >> 2 : low, high: lowers ? high | others >> 2 : high,
            count: count)
    }

    /// a, an, the; of a word in lower case.
    @inline(__always)
    var isArticle: Bool {
        // Without branches on the length: it cannot be foretold.
        let isOne = (low == 0x61 ? 1 : 0) | (low == 0x6E61 ? 2 : 0) | (low == 0x65_6874 ? 3 : 0)
        return isOne != 0 && Int32(isOne) == count
    }

    /// Where the word is found in a table.
    @inline(__always)
    var hash: UInt64 {
        Self.mixed(
            low ^ 0x9E37_79B9_7F4A_7C15,
            high ^ 0xD6E8_FEB8_6659_FD93 ^ UInt64(truncatingIfNeeded: count))
    }

    /// The bytes of a word of at most 16.
    var bytes: [UInt8] {
        (0..<Int(count)).map {
            UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) &>> UInt64(8 * ($0 & 7)))
        }
    }

    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var tops: UInt64 { ones << 7 }

    @inline(__always)
    private static func load(_ word: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
        let bytes = UnsafeRawPointer(word.baseAddress.unsafelyUnwrapped)
        return UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The lowest `count` bytes: all for more than 8, none for less than 1.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 { ~(~0 << UInt64(max(0, 8 * count))) }

    /// The top bit of each byte that is an ASCII letter.
    @inline(__always)
    private static func letters(_ bytes: UInt64) -> UInt64 {
        let lower = bytes & ~tops | ones << 5
        return (lower &+ ones &* 0x1F) & ~(lower &+ ones &* 0x05) & ~bytes & tops
    }

    /// The top bit of each byte that is an ASCII digit.
    @inline(__always)
    private static func digits(_ bytes: UInt64) -> UInt64 {
        let low = bytes & ~tops
        return (low &+ ones &* 0x50) & ~(low &+ ones &* 0x46) & ~bytes & tops
    }

    private static func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }
}
