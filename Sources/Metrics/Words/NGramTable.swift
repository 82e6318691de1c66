/// Counts runs of words that two texts share.
struct NGramTable {
    private var slots = RunSlots()
    /// The slot of the run that begins at each word: of all references, one after another.
    private var wanted: [Int32] = []
    /// The same of the answer; −1 where no reference has the run.
    private var found: [Int32] = []

    /// How many of the answer's runs of 1, 2, … `orders` words are in a reference, each counted at
    /// most as often as in the reference that has it most.
    /// - Returns: one number for each order.
    /// - Complexity: O(words · orders).
    mutating func matches(_ answer: [Int32], _ references: [[Int32]], orders: Int) -> [Int] {
        var matches = [Int](repeating: 0, count: orders)
        Self.clear(&wanted, for: references.reduce(0) { $0 + $1.count })
        Self.clear(&found, for: answer.count)
        for order in 1...orders {
            slots.clear(for: wanted.count)
            var start = 0
            for (number, reference) in references.enumerated() {
                slots.count(
                    reference, order: order, &wanted, from: start, reference: Int32(number) + 1)
                start += reference.count
            }
            matches[order - 1] = slots.match(answer, order: order, &found)
            if matches[order - 1] == 0 { break }
        }
        return matches
    }

    /// How many different runs of `order` words there are.
    mutating func distinct(_ words: [Int32], order: Int) -> Int {
        Self.clear(&wanted, for: words.count)
        for order in 1...order {
            slots.clear(for: words.count)
            slots.count(words, order: order, &wanted, from: 0, reference: 1)
        }
        return slots.distinct
    }

    private static func clear(_ places: inout [Int32], for count: Int) {
        places.removeAll(keepingCapacity: true)
        places.append(contentsOf: repeatElement(0, count: count))
    }
}
