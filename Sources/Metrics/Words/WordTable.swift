/// Gives equal words equal numbers, so that they compare quickly. Words are equal when their bytes are.
///
/// A table is kept from one comparison to the next: no score depends on the numbers.
struct WordTable: Sendable {
    private struct Slot {
        let key: WordKey
        /// Plus 1; 0 where the slot is free.
        let number: Int32

        init(_ key: WordKey, _ number: Int32) {
            self.key = key
            self.number = number
        }
    }

    /// A power of two; a word's slot is the first free one from where its hash leads.
    private var slots: [Slot]
    /// The bytes of all words, one after another; word `n` ends at `ends[n]`.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The number of each word's stem; −1 while it is not known.
    private var stems: [Int32] = []

    init() { slots = Self.free(1 << 10) }

    private static func free(_ count: Int) -> [Slot] {
        let nothing = [UInt8](repeating: 0, count: WordKey.exactLimit)
        let key = nothing.withUnsafeBufferPointer { WordKey(.init(rebasing: $0[..<0])) }
        return [Slot](repeating: Slot(key, 0), count: count)
    }

    var count: Int { ends.count }

    /// - Parameter word: 16 bytes can be read from its start on, however long it is.
    /// - Complexity: O(bytes).
    mutating func number(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let key = WordKey(word)
        var place = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
        while slots[place].number != 0 {
            let slot = slots[place]
            if slot.key == key, key.count <= WordKey.exactLimit || isEqual(slot.number - 1, word) {
                return slot.number - 1
            }
            place = (place + 1) & (slots.count - 1)
        }
        let number = Int32(ends.count)
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        stems.append(-1)
        slots[place] = Slot(key, number + 1)
        if ends.count * 4 > slots.count { grow() }
        return number
    }

    /// The number of the word that ROUGE counts in the place of this one: its Porter stem where it
    /// has more than three letters.
    mutating func stem(_ number: Int32) -> Int32 {
        let known = stems[Int(number)]
        if known >= 0 { return known }
        let word = Array(bytes[range(Int(number))])
        var stem = number
        if word.count > 3 {
            let letters = PorterStemmer.stem(word)
            let padded = letters + [UInt8](repeating: 0, count: WordKey.exactLimit)
            stem = padded.withUnsafeBufferPointer {
                self.number(.init(rebasing: $0[..<letters.count]))
            }
        }
        stems[Int(number)] = stem
        return stem
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    private func isEqual(_ number: Int32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes[range(Int(number))].elementsEqual(word)
    }

    private mutating func grow() {
        var larger = Self.free(slots.count * 2)
        for slot in slots where slot.number != 0 {
            var place = Int(truncatingIfNeeded: slot.key.hash) & (larger.count - 1)
            while larger[place].number != 0 { place = (place + 1) & (larger.count - 1) }
            larger[place] = slot
        }
        slots = larger
    }
}
