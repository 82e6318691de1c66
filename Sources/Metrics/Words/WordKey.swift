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
            self.init(short: word)
        } else {
            let hash = stride(from: 0, to: count - 8, by: 8).reduce(UInt64(0)) {
                Self.mixed($0 ^ Self.load(word, $1), 0xD6E8_FEB8_6659_FD93)
            }
            self.init(low: hash, high: Self.load(word, count - 8), count: count)
        }
    }

    /// Of a word of at most 16 bytes; so many can be read.
    @inline(__always)
    init(short word: UnsafeBufferPointer<UInt8>) {
        self.init(
            low: Self.load(word, 0) & Self.mask(word.count),
            high: Self.load(word, 8) & Self.mask(word.count - 8), count: word.count)
    }

    /// a, an, the; of a word in lower case.
    var isArticle: Bool {
        switch count {
        case 1: low == 0x61
        case 2: low == 0x6E61
        case 3: low == 0x65_6874
        default: false
        }
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

    @inline(__always)
    private static func load(_ word: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
        let bytes = UnsafeRawPointer(word.baseAddress.unsafelyUnwrapped)
        return UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The lowest `count` bytes: all for more than 8, none for less than 1.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 { ~(~0 << UInt64(max(0, 8 * count))) }

    private static func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }
}
