/// Small numbers for the words of an item's references, for ``RunGrid``.
struct WordColumns: Sendable {
    private struct Column {
        /// It is valid where this is the current round.
        var round: Int32 = 0
        var column: Int16 = 0
    }

    /// By the word's number.
    private var columns: [Column] = []
    private var round: Int32 = 0
    /// Of each word of all texts; 0 for a word that no reference has.
    private(set) var words: [Int16] = []
    /// With 0.
    private(set) var count = 0

    /// Numbers the words of some references, and those of the answer as there.
    mutating func take(_ lists: WordLists, _ references: Range<Int>) {
        let numbers = lists.numbers
        let wanted =
            lists.range(references.lowerBound)
            .lowerBound..<lists.range(
                references.upperBound - 1
            ).upperBound
        let answer = lists.range(0)
        let largest = max(
            wanted.reduce(0) { max($0, numbers[$1]) }, answer.reduce(0) { max($0, numbers[$1]) })
        if columns.count <= Int(largest) || round == .max {
            columns = [Column](repeating: Column(), count: 2 * Int(largest) + 1)
            round = 0
        }
        if words.count < numbers.count { words = [Int16](repeating: 0, count: numbers.count) }
        round += 1
        let round = round
        var last: Int16 = 0
        columns.withUnsafeMutableBufferPointer { columns in
            for index in wanted {
                let number = Int(numbers[index])
                let isNew = columns[number].round != round
                last &+= isNew ? 1 : 0
                columns[number] = Column(
                    round: round, column: isNew ? last : columns[number].column)
                words[index] = columns[number].column
            }
            for index in answer {
                let column = columns[Int(numbers[index])]
                words[index] = column.round == round ? column.column : 0
            }
        }
        count = Int(last) + 1
    }
}
