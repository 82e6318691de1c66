/// Slots for runs of words of one length.
///
/// A run of *n* words is found by the slot of its first *n* − 1 words and its last word, so that runs of
/// any length cost one look-up.
struct RunSlots: Sendable {
    private struct Slot {
        var key: UInt64 = 0
        /// The slot is taken where this is the current round; else what it holds is from before.
        var round: Int32 = 0
        /// How often the reference that is being counted has the run, and which one that is.
        var count: Int32 = 0
        var reference: Int32 = 0
        /// How often the reference has it that has it most, less what was matched.
        var left: Int32 = 0
    }

    private var slots: [Slot] = []
    private var mask = 0
    private var round: Int32 = 0
    /// How many different runs there are.
    private(set) var distinct = 0

    typealias Words = UnsafeBufferPointer<Int32>
    /// The slot of the run that begins at each word.
    typealias Places = UnsafeMutableBufferPointer<Int32>

    /// Makes room for `count` runs, and forgets those of before.
    mutating func begin(for count: Int) {
        var capacity = 16
        while capacity < 2 * count { capacity *= 2 }
        if slots.count < capacity || round == .max {
            slots = [Slot](repeating: Slot(), count: max(capacity, slots.count))
            round = 0
        }
        mask = capacity - 1
        round += 1
        distinct = 0
    }

    /// Counts the runs of a reference.
    /// - Parameters:
    ///   - places: those of the runs of one word less; replaced by those of the runs.
    ///   - reference: another number for each reference, from 1 on.
    mutating func count(_ words: Words, order: Int, _ places: Places, reference: Int32) {
        guard words.count >= order else { return }
        let (mask, round) = (mask, round)
        distinct += slots.withUnsafeMutableBufferPointer { slots in
            var new = 0
            for index in 0...(words.count - order) {
                let key = Self.key(order == 1 ? 0 : places[index], words[index + order - 1])
                var place = Self.start(key) & mask
                while slots[place].round == round, slots[place].key != key {
                    place = (place + 1) & mask
                }
                places[index] = Int32(truncatingIfNeeded: place)
                if slots[place].round != round {
                    new += 1
                    slots[place] = Slot(
                        key: key, round: round, count: 1, reference: reference, left: 1)
                    continue
                }
                let isSame = slots[place].reference == reference
                slots[place].reference = reference
                slots[place].count = isSame ? slots[place].count + 1 : 1
                slots[place].left = max(slots[place].left, slots[place].count)
            }
            return new
        }
    }

    /// How many of the answer's runs are among those that were counted, each at most as often as there.
    /// - Parameter places: those of the runs of one word less, −1 where there is none; replaced by those
    ///   of the runs.
    mutating func match(_ words: Words, order: Int, _ places: Places) -> Int {
        guard words.count >= order else { return 0 }
        let (mask, round) = (mask, round)
        return slots.withUnsafeMutableBufferPointer { slots in
            var matches = 0
            for index in 0...(words.count - order) where order == 1 || places[index] >= 0 {
                let key = Self.key(order == 1 ? 0 : places[index], words[index + order - 1])
                var place = Self.start(key) & mask
                while slots[place].round == round, slots[place].key != key {
                    place = (place + 1) & mask
                }
                guard slots[place].round == round else {
                    places[index] = -1
                    continue
                }
                places[index] = Int32(truncatingIfNeeded: place)
                let isLeft = slots[place].left > 0
                matches += isLeft ? 1 : 0
                slots[place].left -= isLeft ? 1 : 0
            }
            return matches
        }
    }

    private static func key(_ prefix: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: prefix)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    private static func start(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
