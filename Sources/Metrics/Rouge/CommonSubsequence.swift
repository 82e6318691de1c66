/// The longest common subsequence of two lists of words.
enum CommonSubsequence {
    /// - Complexity: O(*n* · *m*) time, O(*m*) memory.
    static func length(_ first: ArraySlice<Int32>, _ second: ArraySlice<Int32>) -> Int {
        var row = [Int32](repeating: 0, count: second.count + 1)
        row.withUnsafeMutableBufferPointer { row in
            second.withUnsafeBufferPointer { second in
                for word in first {
                    var (diagonal, left): (Int32, Int32) = (0, 0)
                    for column in second.indices {
                        let above = row[column + 1]
                        left = word == second[column] ? diagonal + 1 : max(left, above)
                        diagonal = above
                        row[column + 1] = left
                    }
                }
            }
        }
        return Int(row[second.count])
    }

    /// Which words of `first` are in it. Where there are several such subsequences, the one that
    /// rouge_score finds.
    /// - Complexity: O(*n* · *m*) time and memory.
    static func indices(_ first: [Int32], _ second: [Int32]) -> [Int] {
        let width = second.count + 1
        var table = [Int32](repeating: 0, count: (first.count + 1) * width)
        table.withUnsafeMutableBufferPointer { table in
            second.withUnsafeBufferPointer { second in
                for (row, word) in first.enumerated() {
                    let (above, here) = (row * width, (row + 1) * width)
                    for column in second.indices {
                        table[here + column + 1] =
                            word == second[column]
                            ? table[above + column] + 1
                            : max(table[here + column], table[above + column + 1])
                    }
                }
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
