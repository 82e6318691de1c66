/// Words that wait for their numbers: many are looked up at a time.
struct WordQueue {
    private static let limit = 256

    private let keys: UnsafeMutableBufferPointer<WordKey>
    private var waiting = 0
    private let numbers: UnsafeMutableBufferPointer<Int32>
    private var done = 0

    /// Calls `body` with a queue whose words' numbers go to `numbers`.
    /// - Returns: how many words there were.
    @inline(__always)
    static func with(
        _ numbers: UnsafeMutableBufferPointer<Int32>, _ table: inout WordTable,
        _ body: (inout WordQueue, inout WordTable) -> Void
    ) -> Int {
        withUnsafeTemporaryAllocation(of: WordKey.self, capacity: limit) { keys in
            var queue = WordQueue(keys: keys, numbers: numbers)
            body(&queue, &table)
            queue.number(&table)
            return queue.done
        }
    }

    private init(
        keys: UnsafeMutableBufferPointer<WordKey>, numbers: UnsafeMutableBufferPointer<Int32>
    ) {
        self.keys = keys
        self.numbers = numbers
    }

    /// - Parameter word: 16 bytes can be read from its start on, however long it is.
    @inline(__always)
    mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ table: inout WordTable) {
        if word.count <= WordKey.exactLimit {
            keys[waiting] = WordKey(short: word)
            waiting += 1
            if waiting == Self.limit { number(&table) }
        } else {
            addLong(word, &table)
        }
    }

    private mutating func addLong(
        _ word: UnsafeBufferPointer<UInt8>, _ table: inout WordTable
    ) {
        number(&table)
        numbers[done] = table.number(word)
        done += 1
    }

    private mutating func number(_ table: inout WordTable) {
        table.number(
            UnsafeBufferPointer(rebasing: keys[..<waiting]),
            UnsafeMutableBufferPointer(rebasing: numbers[done..<done + waiting]))
        done += waiting
        waiting = 0
    }
}
