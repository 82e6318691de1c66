/// What a word is found by: its bytes where there are at most 16, so that equal keys are equal words;
/// else a hash of its bytes, and the last 8.
struct WordKey: Equatable, Sendable {
    let low: UInt64
    let high: UInt64
    let count: Int

    static let exactLimit = 16

    /// - Parameter word: 16 bytes can be read from its start on, however long it is.
    init(_ word: UnsafeBufferPointer<UInt8>) {
        let bytes = UnsafeRawBufferPointer(word).baseAddress.unsafelyUnwrapped
        func load(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        count = word.count
        if count <= 8 {
            low = load(0) & Self.mask(count)
            high = 0
        } else if count <= Self.exactLimit {
            low = load(0)
            high = load(8) & Self.mask(count - 8)
        } else {
            low = stride(from: 0, to: count - 8, by: 8).reduce(0) {
                Self.mixed($0 ^ load($1), 0xD6E8_FEB8_6659_FD93)
            }
            high = load(count - 8)
        }
    }

    var hash: UInt64 {
        Self.mixed(
            low ^ 0x9E37_79B9_7F4A_7C15,
            high ^ 0xD6E8_FEB8_6659_FD93 ^ UInt64(truncatingIfNeeded: count))
    }

    /// The lowest `count` bytes, 0 to 8.
    private static func mask(_ count: Int) -> UInt64 {
        count == 0 ? 0 : ~0 &>> UInt64(truncatingIfNeeded: 64 - 8 * count)
    }

    private static func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }
}
