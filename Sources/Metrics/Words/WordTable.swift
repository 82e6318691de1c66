/// Gives equal words equal numbers, so that they compare quickly. Words are equal when their bytes are.
///
/// A table is kept from one comparison to the next: no score depends on the numbers.
struct WordTable: Sendable {
    /// Small, so that a look-up finds it in the processor's cache.
    private struct Slot {
        /// The upper half of the word's hash; the lower leads to the slot.
        var mark: UInt32 = 0
        /// −1 where the slot is free.
        var number: Int32 = -1
    }

    /// A power of two; a word's slot is the first free one from where its hash leads.
    private var slots: [Slot]
    /// By number.
    private var keys: [WordKey] = []
    /// Words of more bytes than their key holds, by number.
    private var longWords: [Int32: [UInt8]] = [:]

    init() { slots = [Slot](repeating: Slot(), count: 1 << 10) }

    var count: Int { keys.count }

    func bytes(of number: Int32) -> [UInt8] { longWords[number] ?? keys[Int(number)].bytes }

    /// Numbers words of at most 16 bytes.
    mutating func number(
        _ words: UnsafeBufferPointer<WordKey>, _ numbers: UnsafeMutableBufferPointer<Int32>
    ) {
        var next = 0
        while next < words.count {
            // Up to a word that is new.
            slots.withUnsafeBufferPointer { slots in
                keys.withUnsafeBufferPointer { keys in
                    while next < words.count {
                        let word = words[next]
                        let hash = word.hash
                        var place = Self.start(hash, slots.count)
                        while slots[place].number >= 0,
                            slots[place].mark != Self.mark(hash)
                                || keys[Int(slots[place].number)] != word
                        { place = (place + 1) & (slots.count - 1) }
                        numbers[next] = slots[place].number
                        if numbers[next] < 0 { return }
                        next += 1
                    }
                }
            }
            if next < words.count { numbers[next] = add(words[next]) }
        }
    }

    /// - Parameter word: 16 bytes can be read from its start on, however long it is.
    /// - Complexity: O(bytes).
    mutating func number(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let key = WordKey(word)
        let isLong = word.count > WordKey.exactLimit
        var place = Self.start(key.hash, slots.count)
        while slots[place].number >= 0 {
            let number = slots[place].number
            if keys[Int(number)] == key,
                !isLong || longWords[number]?.elementsEqual(word) == true
            {
                return number
            }
            place = (place + 1) & (slots.count - 1)
        }
        let number = add(key)
        if isLong { longWords[number] = Array(word) }
        return number
    }

    private static func start(_ hash: UInt64, _ count: Int) -> Int {
        Int(truncatingIfNeeded: hash) & (count - 1)
    }

    private static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

    private mutating func add(_ word: WordKey) -> Int32 {
        if keys.count * 2 >= slots.count {
            slots = [Slot](repeating: Slot(), count: slots.count * 4)
            keys.reserveCapacity(slots.count / 2)
            for number in keys.indices { insert(Int32(number)) }
        }
        keys.append(word)
        let number = Int32(keys.count - 1)
        insert(number)
        return number
    }

    private mutating func insert(_ number: Int32) {
        let hash = keys[Int(number)].hash
        var place = Self.start(hash, slots.count)
        while slots[place].number >= 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = Slot(mark: Self.mark(hash), number: number)
    }
}
