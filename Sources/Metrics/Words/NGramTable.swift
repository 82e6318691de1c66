/// Counts runs of words that an answer shares with references.
struct NGramTable: Sendable {
    private var columns = WordColumns()
    private var grid = RunGrid()
    /// The grid's row of the run that begins at each word.
    private var rows: [Int16] = []
    /// For longer texts.
    private var slots = RunSlots()
    /// The slot of the run that begins at each word of the answer and the references.
    private var places: [Int32] = []
    /// How often each word is in the reference that is counted, by its number; 0 between counts.
    private var occurrences: [Int32] = []

    /// One number for each order, the first for single words.
    typealias Counts = SIMD8<Int32>

    /// How many of the answer's runs of 1, 2, … `orders` words are in a reference, each counted at
    /// most as often as in the reference that has it most.
    /// - Parameter references: which ones; from 1 on.
    /// - Complexity: O(words · orders).
    mutating func matches(_ lists: WordLists, _ references: Range<Int>, orders: Int) -> Counts {
        if references.isEmpty { return Counts() }
        let count = references.reduce(0) { $0 + lists.range($1).count }
        if RunGrid.fits(words: count, columns: 1) {
            columns.take(lists, references)
            if RunGrid.fits(words: count, columns: columns.count) {
                return gridMatches(lists, references, count, orders: orders)
            }
        }
        makeRoom(lists)
        return lists.numbers.withUnsafeBufferPointer { numbers in
            places.withUnsafeMutableBufferPointer { places in
                func words(_ range: Range<Int>) -> RunSlots.Words {
                    .init(rebasing: numbers[range])
                }
                func runs(_ range: Range<Int>) -> RunSlots.Places { .init(rebasing: places[range]) }
                var counts = Counts()
                for order in 1...orders {
                    slots.begin(for: count)
                    for reference in references {
                        let range = lists.range(reference)
                        slots.count(
                            words(range), order: order, runs(range), reference: Int32(reference))
                    }
                    let answer = lists.range(0)
                    let matched = slots.match(words(answer), order: order, runs(answer))
                    counts[order - 1] = Int32(matched)
                    if matched == 0 { break }
                }
                return counts
            }
        }
    }

    /// - Parameter count: how many words the references have.
    private mutating func gridMatches(
        _ lists: WordLists, _ references: Range<Int>, _ count: Int, orders: Int
    ) -> Counts {
        if rows.count < lists.numbers.count {
            rows = [Int16](repeating: 0, count: lists.numbers.count)
        }
        return columns.words.withUnsafeBufferPointer { words in
            rows.withUnsafeMutableBufferPointer { rows in
                var counts = Counts()
                for order in 1...orders {
                    grid.begin(words: count, columns: columns.count)
                    var number: Int16 = 0
                    for reference in references where !lists.range(reference).isEmpty {
                        let range = lists.range(reference)
                        number += 1
                        grid.count(
                            .init(rebasing: words[range]), order: order,
                            .init(rebasing: rows[range]), reference: number)
                    }
                    let answer = lists.range(0)
                    let matched = grid.match(
                        .init(rebasing: words[answer]), order: order,
                        .init(rebasing: rows[answer]))
                    counts[order - 1] = Int32(matched)
                    if matched == 0 { break }
                }
                return counts
            }
        }
    }

    /// How many words the answer shares with a reference, each counted at most as often as there.
    mutating func sharedWords(_ lists: WordLists, _ reference: Int) -> Int {
        let numbers = lists.numbers
        let (answer, wanted) = (lists.range(0), lists.range(reference))
        let largest = Int(wanted.reduce(0) { max($0, numbers[$1]) })
        if largest >= occurrences.count {
            occurrences = [Int32](repeating: 0, count: 2 * largest + 1)
        }
        return occurrences.withUnsafeMutableBufferPointer { occurrences in
            var shared = 0
            for index in wanted { occurrences[Int(numbers[index])] += 1 }
            for index in answer where Int(numbers[index]) < occurrences.count {
                let isShared = occurrences[Int(numbers[index])] > 0
                occurrences[Int(numbers[index])] -= isShared ? 1 : 0
                shared += isShared ? 1 : 0
            }
            for index in wanted { occurrences[Int(numbers[index])] = 0 }
            return shared
        }
    }

    /// How many different runs of `order` words the answer has.
    mutating func distinct(_ lists: WordLists, order: Int) -> Int {
        makeRoom(lists)
        let range = lists.range(0)
        lists.numbers.withUnsafeBufferPointer { numbers in
            places.withUnsafeMutableBufferPointer { places in
                for order in 1...order {
                    slots.begin(for: range.count)
                    slots.count(
                        .init(rebasing: numbers[range]), order: order,
                        .init(rebasing: places[range]), reference: 1)
                }
            }
        }
        return slots.distinct
    }

    private mutating func makeRoom(_ lists: WordLists) {
        if places.count >= lists.numbers.count { return }
        places = [Int32](repeating: 0, count: lists.numbers.count)
    }
}
