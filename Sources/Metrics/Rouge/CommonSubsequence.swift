/// The longest common subsequence of two lists of words.
enum CommonSubsequence {
    /// - Complexity: O(*n* · *m*) time, O(*m*) memory.
    static func length(_ first: [Int32], _ second: [Int32]) -> Int {
        var previous = [Int32](repeating: 0, count: second.count + 1)
        var row = previous
        for word in first {
            for index in second.indices {
                row[index + 1] =
                    word == second[index]
                    ? previous[index] + 1 : max(row[index], previous[index + 1])
            }
            swap(&previous, &row)
        }
        return Int(previous[second.count])
    }

    /// Which words of `first` are in it. Where there are several such subsequences, the one that
    /// rouge_score finds.
    /// - Complexity: O(*n* · *m*) time and memory.
    static func indices(_ first: [Int32], _ second: [Int32]) -> [Int] {
        let width = second.count + 1
        var table = [Int32](repeating: 0, count: (first.count + 1) * width)
        for row in first.indices {
            for column in second.indices {
                table[(row + 1) * width + column + 1] =
                    first[row] == second[column]
                    ? table[row * width + column] + 1
                    : max(table[(row + 1) * width + column], table[row * width + column + 1])
            }
        }
        var (row, column) = (first.count, second.count)
        var indices: [Int] = []
        while row > 0, column > 0 {
            if first[row - 1] == second[column - 1] {
                indices.append(row - 1)
                row -= 1
                column -= 1
            } else if table[row * width + column - 1] > table[(row - 1) * width + column] {
                column -= 1
            } else {
                row -= 1
            }
        }
        return indices
    }
}
