/// Gives equal words equal numbers, so that they compare quickly. Words are equal when their bytes are.
///
/// A table is kept from one comparison to the next: no score depends on the numbers.
struct WordTable {
    /// The bytes of all words, one after another; word `n` ends at `ends[n]`.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Word numbers plus 1, where their hashes lead; 0 is free. The count is a power of two.
    private var slots: [Int32]
    /// The number of each word's stem; −1 while it is not known.
    private var stems: [Int32] = []

    init() { slots = [Int32](repeating: 0, count: 1 << 10) }

    var count: Int { ends.count }

    /// - Complexity: O(bytes).
    mutating func number(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = Self.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash, isEqual(number, word) { return Int32(number) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(ends.count)
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        hashes.append(hash)
        stems.append(-1)
        slots[slot] = number + 1
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    /// Eight bytes at a time; the last ones overlap those before.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(word)
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        func mix(_ value: UInt64) {
            let product = (hash ^ value).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
        }
        if bytes.count >= 8 {
            var offset = 0
            while offset + 8 < bytes.count {
                mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            mix(bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
        } else if bytes.count >= 4 {
            let first = bytes.loadUnaligned(as: UInt32.self)
            let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
            mix(UInt64(first) << 32 | UInt64(last))
        } else {
            var value: UInt64 = 0
            for byte in bytes { value = value << 8 | UInt64(byte) }
            mix(value)
        }
        return hash
    }

    /// The number of the word that ROUGE counts in the place of this one: its Porter stem where it
    /// has more than three letters.
    mutating func stem(_ number: Int32) -> Int32 {
        let known = stems[Int(number)]
        if known >= 0 { return known }
        let word = Array(bytes[range(Int(number))])
        let stem =
            word.count > 3
            ? PorterStemmer.stem(word).withUnsafeBufferPointer { self.number($0) } : number
        stems[Int(number)] = stem
        return stem
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    private func isEqual(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == word.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in word.indices where bytes[range.lowerBound + index] != word[index] {
                return false
            }
            return true
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number) + 1
        }
    }
}
