/// Slots for runs of words of short texts: a row for each run of one word less, a column for each word,
/// so that a run is found without a search, and counted without a branch.
struct RunGrid: Sendable {
    private struct Slot {
        /// The slot is taken where this is the current round; else what it holds is from before.
        var round: Int32 = 0
        /// The row of the runs that begin with this one.
        var row: Int16 = 0
        /// How often the reference that is being counted has the run, and which one that is.
        var count: Int16 = 0
        var reference: Int16 = 0
        /// How often the reference has it that has it most, less what was matched.
        var left: Int16 = 0
    }

    private var slots: [Slot] = []
    private var columnCount = 0
    private var round: Int32 = 0
    private var lastRow: Int16 = 0

    /// As many slots as stay in the processor's cache; all numbers are below.
    private static let limit = 1 << 14

    typealias Columns = UnsafeBufferPointer<Int16>
    /// The row of the run that begins at each word; row 0 is that of no run.
    typealias Rows = UnsafeMutableBufferPointer<Int16>

    static func fits(words: Int, columns: Int) -> Bool { (words + 1) * columns <= limit }

    /// Makes room for the runs of references of so many words, and forgets those of before.
    /// - Parameter columns: how many different words there are, with 0 for those of no reference.
    mutating func begin(words: Int, columns: Int) {
        let size = (words + 1) * columns
        if slots.count < size || round == .max {
            slots = [Slot](repeating: Slot(), count: max(2 * size, slots.count))
            round = 0
        }
        columnCount = columns
        round += 1
        lastRow = 0
    }

    /// Counts the runs of a reference.
    /// - Parameters:
    ///   - rows: those of the runs of one word less, 0 for the first words; replaced by those of the runs.
    ///   - reference: another number for each reference, from 1 on.
    mutating func count(_ words: Columns, order: Int, _ rows: Rows, reference: Int16) {
        guard words.count >= order else { return }
        let (round, columnCount, isFirst) = (round, columnCount, order == 1)
        var last = lastRow
        slots.withUnsafeMutableBufferPointer { slots in
            for index in 0...(words.count - order) {
                let row = isFirst ? 0 : Int(rows[index])
                let place = row &* columnCount &+ Int(words[index &+ order &- 1])
                var slot = slots[place]
                let isNew = slot.round != round
                last &+= isNew ? 1 : 0
                slot.row = isNew ? last : slot.row
                slot.count = isNew || slot.reference != reference ? 1 : slot.count &+ 1
                slot.left = isNew ? 1 : max(slot.left, slot.count)
                slot.reference = reference
                slot.round = round
                slots[place] = slot
                rows[index] = slot.row
            }
        }
        lastRow = last
    }

    /// How many of the answer's runs are among those that were counted, each at most as often as there.
    /// - Parameter rows: as of ``count(_:order:_:reference:)``.
    mutating func match(_ words: Columns, order: Int, _ rows: Rows) -> Int {
        guard words.count >= order else { return 0 }
        let (round, columnCount, isFirst) = (round, columnCount, order == 1)
        return slots.withUnsafeMutableBufferPointer { slots in
            var matches = 0
            for index in 0...(words.count - order) {
                let row = isFirst ? 0 : Int(rows[index])
                let word = Int(words[index &+ order &- 1])
                let slot = slots[row &* columnCount &+ word]
                // In row 0 there is nothing but single words.
                let isThere = slot.round == round && (isFirst || row > 0)
                let isLeft = isThere && slot.left > 0
                slots[row &* columnCount &+ word].left = slot.left &- (isLeft ? 1 : 0)
                matches &+= isLeft ? 1 : 0
                rows[index] = isThere ? slot.row : 0
            }
            return matches
        }
    }
}
