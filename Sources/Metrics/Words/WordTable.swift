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
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 29
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
        for index in word.indices where bytes[range.lowerBound + index] != word[index] {
            return false
        }
        return true
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
