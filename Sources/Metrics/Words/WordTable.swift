/// Gives equal words equal numbers, so that they compare quickly. Words are equal when their bytes are.
///
/// A table is kept from one comparison to the next: no score depends on the numbers.
struct WordTable: Sendable {
    private struct Slot {
        var key = WordKey.none
        /// Plus 1; 0 where the slot is free.
        var number: Int32 = 0
    }

    /// A power of two; a word's slot is the first free one from where its hash leads.
    private var slots: [Slot]
    /// The bytes of all words, one after another; word `n` ends at `ends[n]`.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The number of each word's stem; −1 while it is not known.
    private var stems: [Int32] = []

    init() { slots = [Slot](repeating: Slot(), count: 1 << 10) }

    var count: Int { ends.count }

    /// Of a word of at most 16 bytes.
    @inline(__always)
    mutating func number(_ key: WordKey) -> Int32 {
        var place = start(key)
        while slots[place].number != 0 {
            if slots[place].key == key { return slots[place].number - 1 }
            place = (place + 1) & (slots.count - 1)
        }
        return add(key, key.bytes, place)
    }

    /// - Complexity: O(bytes).
    mutating func number(_ key: WordKey, _ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        if word.count <= WordKey.exactLimit { return number(key) }
        var place = start(key)
        while slots[place].number != 0 {
            let number = slots[place].number - 1
            if slots[place].key == key, bytes[range(number)].elementsEqual(word) { return number }
            place = (place + 1) & (slots.count - 1)
        }
        return add(key, Array(word), place)
    }

    private func start(_ key: WordKey) -> Int {
        Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
    }

    private mutating func add(_ key: WordKey, _ word: [UInt8], _ place: Int) -> Int32 {
        let number = Int32(ends.count)
        bytes += word
        ends.append(bytes.count)
        stems.append(-1)
        slots[place] = Slot(key: key, number: number + 1)
        if ends.count * 4 > slots.count { grow() }
        return number
    }

    /// The number of the word that ROUGE counts in the place of this one: its Porter stem where it
    /// has more than three letters.
    mutating func stem(_ number: Int32) -> Int32 {
        let known = stems[Int(number)]
        if known >= 0 { return known }
        let word = Array(bytes[range(number)])
        var stem = number
        if word.count > 3 {
            ByteScratch.withPadding(PorterStemmer.stem(word)) {
                stem = self.number(WordKey($0), $0)
            }
        }
        stems[Int(number)] = stem
        return stem
    }

    private func range(_ number: Int32) -> Range<Int> {
        let place = Int(number)
        return (place == 0 ? 0 : ends[place - 1])..<ends[place]
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.number != 0 {
            var place = start(slot.key)
            while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = slot
        }
    }
}
