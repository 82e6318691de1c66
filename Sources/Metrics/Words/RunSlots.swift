/// Slots for runs of words of one length.
///
/// A run of *n* words is found by the slot of its first *n* − 1 words and its last word, so that runs of
/// any length cost one look-up.
struct RunSlots {
    private struct Count {
        /// How often the reference that is being counted has the run, and which one that is.
        var count: Int32 = 0
        var reference: Int32 = 0
        /// How often the reference has it that has it most.
        var most: Int32 = 0
        var matched: Int32 = 0
    }

    /// 0: the slot is free.
    private var keys: [UInt64] = []
    /// Of the slots that are taken; what a free one holds is left from before.
    private var counts: [Count] = []
    /// How many different runs there are.
    private(set) var distinct = 0

    /// Makes room for `count` runs, and forgets those of before.
    mutating func clear(for count: Int) {
        var capacity = 16
        while capacity < 2 * count { capacity *= 2 }
        keys.removeAll(keepingCapacity: true)
        keys.append(contentsOf: repeatElement(0, count: capacity))
        if counts.count < capacity { counts = [Count](repeating: Count(), count: capacity) }
        distinct = 0
    }

    /// Counts the runs of a reference.
    /// - Parameters:
    ///   - prefixes: the slot of the run of one word less at each word; replaced by that of the run.
    ///   - start: where the reference's words begin in `prefixes`.
    ///   - reference: another number for each reference, from 1 on.
    mutating func count(
        _ words: [Int32], order: Int, _ prefixes: inout [Int32], from start: Int, reference: Int32
    ) {
        guard words.count >= order else { return }
        var new = 0
        keys.withUnsafeMutableBufferPointer { keys in
            counts.withUnsafeMutableBufferPointer { counts in
                for index in 0...(words.count - order) {
                    let key = Self.key(
                        order == 1 ? 0 : prefixes[start + index] + 1, words[index + order - 1])
                    let slot = Self.slot(of: key, keys)
                    if keys[slot] == 0 {
                        new += 1
                        keys[slot] = key
                        counts[slot] = Count(reference: reference)
                    } else if counts[slot].reference != reference {
                        counts[slot].reference = reference
                        counts[slot].count = 0
                    }
                    counts[slot].count += 1
                    counts[slot].most = max(counts[slot].most, counts[slot].count)
                    prefixes[start + index] = Int32(slot)
                }
            }
        }
        distinct += new
    }

    /// How many of the answer's runs are among those that were counted, each at most as often as there.
    /// - Parameter prefixes: the slot of the run of one word less at each word, −1 where there is none;
    ///   replaced by that of the run.
    mutating func match(_ words: [Int32], order: Int, _ prefixes: inout [Int32]) -> Int {
        guard words.count >= order else { return 0 }
        var matches = 0
        keys.withUnsafeMutableBufferPointer { keys in
            counts.withUnsafeMutableBufferPointer { counts in
                for index in 0...(words.count - order) where order == 1 || prefixes[index] >= 0 {
                    let key = Self.key(
                        order == 1 ? 0 : prefixes[index] + 1, words[index + order - 1])
                    let slot = Self.slot(of: key, keys)
                    guard keys[slot] != 0 else {
                        prefixes[index] = -1
                        continue
                    }
                    prefixes[index] = Int32(slot)
                    if counts[slot].matched < counts[slot].most {
                        counts[slot].matched += 1
                        matches += 1
                    }
                }
            }
        }
        return matches
    }

    private static func key(_ prefix: Int32, _ word: Int32) -> UInt64 {
        (UInt64(UInt32(bitPattern: prefix)) + 1) << 32 | UInt64(UInt32(bitPattern: word))
    }

    /// The slot that has `key`, or the free one where it belongs.
    private static func slot(of key: UInt64, _ keys: UnsafeMutableBufferPointer<UInt64>) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }
}
